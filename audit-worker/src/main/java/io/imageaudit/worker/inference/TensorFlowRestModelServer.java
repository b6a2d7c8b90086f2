package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.inference.HttpCalls.Reply;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

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
    return switch (http.post(
        address, batch, List.of(request(batch)), List.of("Content-Type", "application/json"))) {
      case Reply.Ok(byte[] answer, var _) -> read(answer, batch.size());
      case Reply.Bad(Failed failed, int _, String _) -> failed;
    };
  }

  private byte[] request(InferenceBatch batch) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator to = json.createGenerator(body)) {
      to.writeStartObject();
      if (!model.signature().isEmpty()) {
        to.writeStringProperty("signature_name", model.signature());
      }
      to.writeArrayPropertyStart("instances");
      for (Prepared item : batch.items()) {
        JsonPictures.write(item, model.input().datatype(), to);
      }
      to.writeEndArray();
      to.writeEndObject();
    }
    return body.toByteArray();
  }

  private InferenceOutcome read(byte[] body, int batchSize) {
    try {
      JsonNode rows = json.readTree(body).path("predictions");
      if (!rows.isArray() || rows.size() != batchSize) {
        return garbage(rows.size() + " predictions for " + batchSize + " pictures");
      }
      return new InferenceOutcome.Answered(outputs(rows), model.version());
    } catch (IllegalArgumentException | ArithmeticException | JacksonException e) {
      return garbage(String.valueOf(e.getMessage()));
    }
  }

  /** Rows are objects when the model has several outputs. */
  private Map<String, OutputTensor> outputs(JsonNode rows) {
    String wanted = model.output().tensor();
    if (!rows.path(0).isObject()) {
      return Map.of(wanted, JsonNumbers.tensor(rows));
    }
    Map<String, OutputTensor> outputs = new HashMap<>();
    for (String name : rows.path(0).propertyNames()) {
      if (wanted.isEmpty() || wanted.equals(name)) {
        outputs.put(name, column(rows, name));
      }
    }
    return outputs;
  }

  private static OutputTensor column(JsonNode rows, String name) {
    ArrayNode column = JsonNodeFactory.instance.arrayNode(rows.size());
    rows.forEach(row -> column.add(row.path(name)));
    return JsonNumbers.tensor(column);
  }

  private static Failed garbage(String reason) {
    return new Failed(Failed.Kind.FAULTY, "BAD_ANSWER", reason);
  }
}
