package io.imageaudit.worker.inference;

import io.imageaudit.inference.oip.InferTensorContents;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.inference.oip.ModelInferResponse.InferOutputTensor;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads answers of the Open Inference Protocol, trusting none of them. */
final class OipAnswers {

  private OipAnswers() {}

  /**
   * What the answer says, or that it makes no sense.
   *
   * @param wanted name of the only output that is read; empty for all
   */
  static InferenceOutcome read(ModelInferResponse answer, int batchSize, String wanted) {
    Map<String, OutputTensor> outputs = new HashMap<>();
    try {
      for (int index = 0; index < answer.getOutputsCount(); index++) {
        String name = answer.getOutputs(index).getName();
        if (!wanted.isEmpty() && !wanted.equals(name)) {
          continue;
        }
        OutputTensor tensor = tensor(answer, index);
        if (tensor.rows() != batchSize) {
          return garbage("an output has " + tensor.rows() + " rows for " + batchSize + " pictures");
        }
        outputs.put(name, tensor);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      return garbage(String.valueOf(e.getMessage()));
    }
    return outputs.isEmpty()
        ? garbage("there is no output that can be read")
        : new InferenceOutcome.Answered(outputs, answer.getModelVersion());
  }

  private static OutputTensor tensor(ModelInferResponse answer, int index) {
    InferOutputTensor output = answer.getOutputs(index);
    List<Long> shape = output.getShapeList();
    float[] values =
        index < answer.getRawOutputContentsCount()
            ? Elements.of(output.getDatatype(), answer.getRawOutputContents(index))
            : typed(output.getDatatype(), output.getContents());
    return new OutputTensor(shape, values);
  }

  private static float[] typed(String datatype, InferTensorContents contents) {
    return switch (datatype) {
      case "FP32" -> Elements.ofNumbers(contents.getFp32ContentsList());
      case "FP64" -> Elements.ofNumbers(contents.getFp64ContentsList());
      case "INT8", "INT16", "INT32" -> Elements.ofNumbers(contents.getIntContentsList());
      case "INT64" -> Elements.ofNumbers(contents.getInt64ContentsList());
      case "UINT8", "UINT16", "UINT32" -> Elements.ofNumbers(contents.getUintContentsList());
      case "UINT64" -> Elements.ofNumbers(contents.getUint64ContentsList());
      case "BOOL" -> Elements.ofBooleans(contents.getBoolContentsList());
      default -> throw new IllegalArgumentException("datatype: " + datatype + " (not readable)");
    };
  }

  private static Failed garbage(String reason) {
    return new Failed(Failed.Kind.FAULTY, "BAD_ANSWER", reason);
  }
}
