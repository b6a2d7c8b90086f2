package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.inference.HttpCalls.Reply;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks the Open Inference Protocol over HTTP, with the binary tensor extension: a JSON header,
 * then the tensor's bytes. The answer may be binary or plain JSON.
 */
final class RestModelServer implements ModelServer {

  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  private final HttpCalls http;
  private final URI address;
  private final ModelSettings model;
  private final JsonMapper json = JsonMapper.shared();

  RestModelServer(HttpCalls http, String name, ModelSettings model) {
    this.http = http;
    this.model = model;
    String version = model.version().isEmpty() ? "" : "/versions/" + model.version();
    this.address =
        URI.create(model.endpoint() + "/v2/models/" + model.served(name) + version + "/infer");
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    List<byte[]> parts = new ArrayList<>();
    int bytes = 0;
    for (Prepared item : batch.items()) {
      byte[] tensor = OipTensors.bytes(item);
      parts.add(tensor);
      bytes += tensor.length;
    }
    byte[] header = json.writeValueAsBytes(header(batch, bytes));
    parts.addFirst(header);
    List<String> headers =
        List.of(
            "Content-Type",
            "application/octet-stream",
            HEADER_LENGTH,
            Integer.toString(header.length));
    return switch (http.post(address, batch, parts, headers)) {
      case Reply.Ok(byte[] body, var answered) ->
          RestAnswers.read(body, length(answered, body), batch.size(), model.output().tensor());
      case Reply.Bad(Failed failed, int _, String _) -> failed;
    };
  }

  /** Bytes of the answer's JSON: all, when nothing else is said; none that can be, for nonsense. */
  private static long length(HttpHeaders headers, byte[] body) {
    String said = headers.firstValue(HEADER_LENGTH).orElse(Integer.toString(body.length));
    return said.matches("\\d{1,18}") ? Long.parseLong(said) : Long.MAX_VALUE;
  }

  private Map<String, Object> header(InferenceBatch batch, int bytes) {
    InputSpec input = model.input();
    ObjectNode tensor = json.createObjectNode();
    tensor.put("name", input.name());
    tensor.put("datatype", OipTensors.datatype(input.datatype()));
    ArrayNode shape = tensor.putArray("shape");
    shape.add(batch.size());
    batch.items().getFirst().shape().forEach(shape::add);
    tensor.putObject("parameters").put("binary_data_size", bytes);
    if (model.output().tensor().isEmpty()) {
      return Map.of("inputs", List.of(tensor), "parameters", Map.of("binary_data_output", true));
    }
    Map<String, Object> output =
        Map.of("name", model.output().tensor(), "parameters", Map.of("binary_data", true));
    return Map.of("inputs", List.of(tensor), "outputs", List.of(output));
  }
}
