package io.imageaudit.modelserver.oip;

import io.imageaudit.modelserver.tensor.Tensor;
import java.util.List;

/**
 * An inference request over REST.
 *
 * @param id the caller's id, empty when there is none
 * @param timeoutMicros longest wait in the queue; 0 means no limit
 * @param binaryOutput whether outputs are binary unless they say otherwise
 * @param inputs the tensors
 * @param outputs the wanted outputs; none means all
 */
record OipRestRequest(
    String id,
    long timeoutMicros,
    boolean binaryOutput,
    List<Tensor> inputs,
    List<Output> outputs) {

  /**
   * A wanted output.
   *
   * @param name its name
   * @param binary whether it is wanted after the JSON, as bytes
   */
  record Output(String name, boolean binary) {}

  /** Whether an output is wanted as bytes. */
  boolean isBinary(String output) {
    return outputs.stream()
        .filter(wanted -> wanted.name().equals(output))
        .findFirst()
        .map(Output::binary)
        .orElse(binaryOutput);
  }

  List<String> outputNames() {
    return outputs.stream().map(Output::name).toList();
  }
}
