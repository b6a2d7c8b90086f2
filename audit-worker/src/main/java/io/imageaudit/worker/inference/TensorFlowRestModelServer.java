package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.inference.HttpCalls.Reply;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks to TensorFlow Serving over HTTP, in its row form. Writing a tensor as JSON costs fifty
 * times what the tensor cost to make: for servers that offer nothing better.
 */
final class TensorFlowRestModelServer implements ModelServer {

  private final HttpCalls http;
  private final URI address;
  private final ModelSettings model;
  private final JsonMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  TensorFlowRestModelServer(HttpCalls http, String name, ModelSettings model) {
    this.http = http;
    this.model = model;
    String version = model.version().isEmpty() ? "" : "/versions/" + model.version();
    this.address =
        URI.create(model.endpoint() + "/v1/models/" + model.served(name) + version + ":predict");
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    ObjectNode request = json.createObjectNode();
    if (!model.signature().isEmpty()) {
      request.put("signature_name", model.signature());
    }
    ArrayNode instances = request.putArray("instances");
    batch.items().forEach(item -> instances.add(instance(item)));
    List<byte[]> body = List.of(json.writeValueAsBytes(request));
    return switch (http.post(address, batch, body, List.of("Content-Type", "application/json"))) {
      case Reply.Ok(byte[] answer, var _) -> read(answer, batch.size());
      case Reply.Bad(Failed failed, int _, String _) -> failed;
    };
  }

  private JsonNode instance(Prepared item) {
    if (model.input().datatype() == InputSpec.Datatype.ENCODED) {
      String text = Base64.getEncoder().encodeToString(OipTensors.content(item));
      return json.createObjectNode().put("b64", text);
    }
    ByteBuffer data = item.data().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return nested(data, item.shape(), 0);
  }

  private ArrayNode nested(ByteBuffer data, List<Integer> shape, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(shape.get(depth));
    for (int at = 0; at < shape.get(depth); at++) {
      if (depth + 1 < shape.size()) {
        array.add(nested(data, shape, depth + 1));
      } else {
        array.add(element(data));
      }
    }
    return array;
  }

  private float element(ByteBuffer data) {
    return switch (model.input().datatype()) {
      case FP32 -> data.getFloat();
      case FP16 -> Float.float16ToFloat(data.getShort());
      case UINT8 -> data.get() & 0xff;
      case ENCODED -> throw new IllegalArgumentException("an encoded picture has no elements");
    };
  }

  private InferenceOutcome read(byte[] body, int batchSize) {
    Map<String, OutputTensor> outputs = new HashMap<>();
    try {
      JsonNode rows = json.readTree(body).path("predictions");
      if (rows.size() != batchSize) {
        return garbage(rows.size() + " predictions for " + batchSize + " pictures");
      }
      if (rows.get(0).isObject()) {
        for (String name : rows.get(0).propertyNames()) {
          outputs.put(name, column(rows, name));
        }
      } else {
        outputs.put(model.output().tensor(), tensor(rows));
      }
    } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
      return garbage(String.valueOf(e.getMessage()));
    }
    return new InferenceOutcome.Answered(outputs, model.version());
  }

  private static OutputTensor column(JsonNode rows, String name) {
    ArrayNode column = JsonNodeFactory.instance.arrayNode(rows.size());
    rows.forEach(row -> column.add(row.path(name)));
    return tensor(column);
  }

  private static OutputTensor tensor(JsonNode array) {
    return new OutputTensor(JsonNumbers.shape(array), JsonNumbers.flatten(array));
  }

  private static Failed garbage(String reason) {
    return new Failed(Failed.Kind.FAULTY, "BAD_ANSWER", reason);
  }
}
