package io.imageaudit.local.part;

import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.process.ChildProcess.Signal;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.ProcessSpec;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One part of the stack: one process, that listens on ports. */
public interface Part {

  /** Which one. */
  PartName name();

  /** The parts that must be ready before this one is started. */
  Set<PartName> needs();

  /** The ports that it listens on, the most telling one first. */
  List<PortName> ports();

  /**
   * Does what must be done before the process can start. Done again before every start.
   *
   * @throws IOException when it fails; the part's log tells more
   */
  void prepare(Children children) throws IOException;

  /** The process. */
  ProcessSpec process();

  /** Whether it answers. */
  boolean isReady();

  /** How it is asked to end. */
  default Signal stopSignal() {
    return Signal.TERM;
  }
}
