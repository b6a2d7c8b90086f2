package io.imageaudit.worker.inference;

import io.imageaudit.inference.serving.PredictResponse;
import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.inference.tensorflow.TensorProto;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads TensorFlow Serving's answers, trusting none of them. */
final class TensorFlowAnswers {

  private static final long MOST_ELEMENTS = 64L << 20;

  private TensorFlowAnswers() {}

  /**
   * What the answer says, or that it makes no sense.
   *
   * @param wanted name of the only output that is read; empty for all
   */
  static InferenceOutcome read(PredictResponse answer, int batchSize, String wanted) {
    Map<String, OutputTensor> outputs = new HashMap<>();
    try {
      for (Map.Entry<String, TensorProto> output : answer.getOutputsMap().entrySet()) {
        if (wanted.isEmpty() || wanted.equals(output.getKey())) {
          outputs.put(output.getKey(), tensor(output.getValue(), batchSize));
        }
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      return garbage(String.valueOf(e.getMessage()));
    }
    String version =
        answer.getModelSpec().hasVersion()
            ? Long.toString(answer.getModelSpec().getVersion().getValue())
            : "";
    return outputs.isEmpty()
        ? garbage("there is no output that can be read")
        : new InferenceOutcome.Answered(outputs, version);
  }

  private static OutputTensor tensor(TensorProto tensor, int batchSize) {
    List<Long> shape =
        tensor.getTensorShape().getDimList().stream().map(dim -> dim.getSize()).toList();
    if (shape.isEmpty() || shape.getFirst() != batchSize) { // Before anything is made of it.
      throw new IllegalArgumentException(
          "shape: " + shape + " (expected: " + batchSize + " rows, one for each picture)");
    }
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    if (elements < 0 || elements > MOST_ELEMENTS) {
      throw new IllegalArgumentException("shape: " + shape + " (expected: fewer elements)");
    }
    float[] values =
        tensor.getTensorContent().isEmpty()
            ? filled(typed(tensor), (int) elements)
            : Elements.of(name(tensor.getDtype()), tensor.getTensorContent());
    return new OutputTensor(shape, values);
  }

  /** One element stands for all (the rule of tensor.proto). */
  private static float[] filled(float[] values, int elements) {
    if (values.length != 1 || elements <= 1) {
      return values;
    }
    float[] all = new float[elements];
    Arrays.fill(all, values[0]);
    return all;
  }

  private static float[] typed(TensorProto tensor) {
    return switch (tensor.getDtype()) {
      case DT_FLOAT -> Elements.ofNumbers(tensor.getFloatValList());
      case DT_DOUBLE -> Elements.ofNumbers(tensor.getDoubleValList());
      case DT_INT32, DT_INT16, DT_INT8, DT_UINT8, DT_UINT16 ->
          Elements.ofNumbers(tensor.getIntValList());
      case DT_INT64 -> Elements.ofNumbers(tensor.getInt64ValList());
      case DT_UINT32 -> Elements.ofNumbers(tensor.getUint32ValList());
      case DT_UINT64 -> Elements.ofNumbers(tensor.getUint64ValList());
      case DT_BOOL -> Elements.ofBooleans(tensor.getBoolValList());
      case DT_HALF -> Elements.ofHalves(tensor.getHalfValList());
      default -> throw new IllegalArgumentException("dtype: " + tensor.getDtype());
    };
  }

  private static String name(DataType type) {
    return switch (type) {
      case DT_FLOAT -> "FP32";
      case DT_DOUBLE -> "FP64";
      case DT_HALF -> "FP16";
      case DT_BFLOAT16 -> "BF16";
      case DT_INT8 -> "INT8";
      case DT_INT16 -> "INT16";
      case DT_INT32 -> "INT32";
      case DT_INT64 -> "INT64";
      case DT_UINT8 -> "UINT8";
      case DT_UINT16 -> "UINT16";
      case DT_UINT32 -> "UINT32";
      case DT_UINT64 -> "UINT64";
      case DT_BOOL -> "BOOL";
      default -> throw new IllegalArgumentException("dtype: " + type + " (not readable)");
    };
  }

  private static Failed garbage(String reason) {
    return new Failed(Failed.Kind.FAULTY, "BAD_ANSWER", reason);
  }
}
