package io.imageaudit.worker.inference;

import com.google.protobuf.ByteString;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of the Open Inference Protocol over HTTP, trusting none of them. */
final class RestAnswers {

  private RestAnswers() {}

  /**
   * What the answer says, or that it makes no sense.
   *
   * @param headerLength bytes of the JSON before the binary tensors
   * @param wanted name of the only output that is read; empty for all
   */
  static InferenceOutcome read(byte[] body, long headerLength, int batchSize, String wanted) {
    Map<String, OutputTensor> outputs = new HashMap<>();
    String version;
    try {
      if (headerLength < 0 || headerLength > body.length) {
        return garbage("the header is longer than the answer");
      }
      JsonNode answer = JsonMapper.shared().readTree(body, 0, (int) headerLength);
      version = answer.path("model_version").asString("");
      int at = (int) headerLength;
      for (JsonNode output : answer.path("outputs")) {
        int size = output.path("parameters").path("binary_data_size").asInt(0);
        if (size < 0 || size > body.length - at) {
          return garbage("a tensor is longer than the answer");
        }
        int begin = at;
        at += size;
        String name = output.path("name").asString("");
        if (!wanted.isEmpty() && !wanted.equals(name)) {
          continue;
        }
        OutputTensor tensor = tensor(output, ByteString.copyFrom(body, begin, size));
        if (tensor.rows() != batchSize) {
          return garbage("an output has " + tensor.rows() + " rows for " + batchSize + " pictures");
        }
        outputs.put(name, tensor);
      }
    } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
      return garbage(String.valueOf(e.getMessage()));
    }
    return outputs.isEmpty()
        ? garbage("there is no output that can be read")
        : new InferenceOutcome.Answered(outputs, version);
  }

  private static OutputTensor tensor(JsonNode output, ByteString binary) {
    List<Long> shape = new ArrayList<>();
    output.path("shape").forEach(side -> shape.add(side.asLong()));
    JsonNode data = output.path("data");
    if (!data.isArray()) {
      return new OutputTensor(shape, Elements.of(output.path("datatype").asString(""), binary));
    }
    OutputTensor written = JsonNumbers.tensor(data);
    if (written.shape().size() > 1 && !written.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "data: shape " + written.shape() + " (expected: " + shape + ")");
    }
    return new OutputTensor(shape, written.values());
  }

  private static Failed garbage(String reason) {
    return new Failed(Failed.Kind.FAULTY, "BAD_ANSWER", reason);
  }
}
