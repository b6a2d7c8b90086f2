package io.imageaudit.modelserver.serve;

import io.imageaudit.modelserver.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;

/**
 * One version of a model, ready to run.
 *
 * @param name the name by which calls ask for it
 * @param version its version, >= 1
 * @param platform what runs it, such as {@code onnxruntime_onnx}
 * @param inputs what it takes
 * @param outputs what it gives
 * @param maxBatch most rows per call, >= 1
 * @param executors who may run it at the same time
 * @param body what runs
 */
public record ServedModel(
    String name,
    long version,
    String platform,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    int maxBatch,
    Executors executors,
    ModelBody body) {

  /** Checks and copies. */
  public ServedModel {
    if (name.isBlank() || version < 1 || maxBatch < 1 || inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "model: '%s' version %d, batch %d (expected: a name, version and batch >= 1, tensors)"
              .formatted(name, version, maxBatch));
    }
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The input of that name. */
  public Optional<TensorSpec> input(String input) {
    return inputs.stream().filter(spec -> spec.name().equals(input)).findFirst();
  }

  /** The output of that name. */
  public Optional<TensorSpec> output(String output) {
    return outputs.stream().filter(spec -> spec.name().equals(output)).findFirst();
  }
}
