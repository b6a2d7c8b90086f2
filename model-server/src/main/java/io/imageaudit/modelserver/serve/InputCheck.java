package io.imageaudit.modelserver.serve;

import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import io.imageaudit.modelserver.tensor.TensorType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares a call's tensors with what its model takes; refuses in the words that Triton uses. */
final class InputCheck {

  private final ServedModel model;

  InputCheck(ServedModel model) {
    this.model = model;
  }

  /**
   * Checks names, types, shapes, sizes and the batch.
   *
   * @return the number of rows
   * @throws RefusedException with INVALID_ARGUMENT
   */
  long rows(Map<String, Tensor> inputs) {
    checkNames(inputs.keySet());
    long rows = named(inputs, model.inputs().getFirst()).shape().rows();
    for (TensorSpec spec : model.inputs()) {
      Tensor tensor = named(inputs, spec);
      checkType(spec, tensor);
      checkShape(spec, tensor);
      checkBatch(spec, tensor, rows);
      checkSize(tensor);
    }
    return rows;
  }

  private static Tensor named(Map<String, Tensor> inputs, TensorSpec spec) {
    return Objects.requireNonNull(inputs.get(spec.name()), "an input that was found present");
  }

  private void checkNames(Set<String> given) {
    List<String> expected = model.inputs().stream().map(TensorSpec::name).toList();
    for (String name : given) {
      if (!expected.contains(name)) {
        throw RefusedException.invalid(
            "unexpected inference input '%s' for model '%s'".formatted(name, model.name()));
      }
    }
    if (given.size() < expected.size()) {
      Set<String> missing = new TreeSet<>(expected);
      missing.removeAll(given);
      throw RefusedException.invalid(
          "expected %d inputs but got %d inputs for model '%s', missing %s"
              .formatted(expected.size(), given.size(), model.name(), missing));
    }
  }

  private void checkType(TensorSpec spec, Tensor tensor) {
    if (tensor.type() != spec.type()) {
      throw RefusedException.invalid(
          "inference input '%s' data-type is '%s', but model '%s' expects '%s'"
              .formatted(spec.name(), tensor.type(), model.name(), spec.type()));
    }
  }

  private void checkShape(TensorSpec spec, Tensor tensor) {
    if (!spec.shape().fits(tensor.shape())) {
      throw RefusedException.invalid(
          "unexpected shape for input '%s' for model '%s'. Expected %s, got %s"
              .formatted(spec.name(), model.name(), spec.shape(), tensor.shape()));
    }
  }

  private void checkBatch(TensorSpec spec, Tensor tensor, long rows) {
    if (!spec.shape().hasOpenBatch()) {
      return;
    }
    long batch = tensor.shape().rows();
    if (batch > model.maxBatch()) {
      throw RefusedException.invalid(
          "inference request batch-size must be <= %d for '%s'"
              .formatted(model.maxBatch(), model.name()));
    }
    if (batch < 1 || batch != rows) {
      throw RefusedException.invalid(
          "input '%s' batch size is %d (expected: >= 1 and the same for all inputs) for model '%s'"
              .formatted(spec.name(), batch, model.name()));
    }
  }

  private static void checkSize(Tensor tensor) {
    long expected = expectedSize(tensor);
    if (expected != tensor.size()) {
      throw RefusedException.invalid(
          "unexpected total byte size %d for input '%s', expecting %d"
              .formatted(tensor.size(), tensor.name(), expected));
    }
  }

  private static long expectedSize(Tensor tensor) {
    try {
      long elements = tensor.shape().elements();
      if (tensor.type() == TensorType.BYTES) {
        return stringsSize(tensor.elements(), elements);
      }
      return Math.multiplyExact(elements, tensor.type().width());
    } catch (ArithmeticException e) {
      throw RefusedException.invalid(
          "shape %s of input '%s' is too large".formatted(tensor.shape(), tensor.name()));
    }
  }

  /** Size of so many length-prefixed elements; -1 when the bytes do not hold them. */
  private static long stringsSize(ByteBuffer data, long elements) {
    for (long i = 0; i < elements; i++) {
      if (data.remaining() < Integer.BYTES) {
        return -1;
      }
      int length = data.getInt();
      if (length < 0 || length > data.remaining()) {
        return -1;
      }
      data.position(data.position() + length);
    }
    return data.position();
  }
}
