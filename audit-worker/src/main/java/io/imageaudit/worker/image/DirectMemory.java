package io.imageaudit.worker.image;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory outside of the heap that Java itself hands out. Tensors and the messages that carry
 * them lie there; where either finds none left, no model can be asked any more.
 *
 * @param limit bytes ({@code -XX:MaxDirectMemorySize})
 */
record DirectMemory(long limit) {

  /** That of this process. */
  static DirectMemory ofThisProcess() {
    long option =
        Long.parseLong(
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("MaxDirectMemorySize")
                .getValue());
    return new DirectMemory(option > 0 ? option : Runtime.getRuntime().maxMemory());
  }

  /**
   * What tensors may take of it: as much as is wanted, at most two fifths. As much again is for the
   * copies that are being sent, and the rest for the gaps between them.
   */
  long forTensors(long wanted) {
    return Math.min(wanted, limit * 2 / 5);
  }
}
