package io.imageaudit.modelserver.oip;

import io.imageaudit.modelserver.rest.JsonTensor;
import io.imageaudit.modelserver.rest.JsonText;
import io.imageaudit.modelserver.rest.RestAnswer;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes answers: JSON, and after it the outputs that were wanted as bytes. */
final class OipRestWriter {

  static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  private OipRestWriter() {}

  static RestAnswer answer(OipRestRequest request, ServedModel model, Collection<Tensor> outputs) {
    List<ByteBuffer> binary = new ArrayList<>();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonText.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      if (!request.id().isEmpty()) {
        json.writeStringProperty("id", request.id());
      }
      json.writeStringProperty("model_name", model.name());
      json.writeStringProperty("model_version", Long.toString(model.version()));
      json.writeArrayPropertyStart("outputs");
      for (Tensor output : outputs) {
        write(json, output, request.isBinary(output.name()), binary);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    if (binary.isEmpty()) {
      return RestAnswer.written(text.toByteArray());
    }
    binary.addFirst(ByteBuffer.wrap(text.toByteArray()));
    return new RestAnswer(
        200,
        Map.of(
            "Content-Type", "application/octet-stream", HEADER_LENGTH, String.valueOf(text.size())),
        binary);
  }

  static Map<String, Object> metadata(ServedModel model, List<String> versions) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", model.name());
    metadata.put("versions", versions);
    metadata.put("platform", model.platform());
    metadata.put("inputs", model.inputs().stream().map(OipRestWriter::metadata).toList());
    metadata.put("outputs", model.outputs().stream().map(OipRestWriter::metadata).toList());
    return metadata;
  }

  private static Map<String, Object> metadata(TensorSpec spec) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", spec.name());
    metadata.put("datatype", spec.type().name());
    metadata.put("shape", spec.shape().dimensions());
    return metadata;
  }

  private static void write(
      JsonGenerator json, Tensor output, boolean asBytes, List<ByteBuffer> binary) {
    json.writeStartObject();
    json.writeStringProperty("name", output.name());
    json.writeStringProperty("datatype", output.type().name());
    json.writeArrayPropertyStart("shape");
    output.shape().dimensions().forEach(json::writeNumber);
    json.writeEndArray();
    if (asBytes) {
      json.writeObjectPropertyStart("parameters");
      json.writeNumberProperty("binary_data_size", output.size());
      json.writeEndObject();
      binary.add(output.elements());
    } else if (TypedContents.canHold(output.type())) {
      json.writeName("data");
      new JsonTensor(json, output).flat();
    } else {
      throw RefusedException.invalid(
          "sending %s data via JSON is not supported for output '%s'"
              .formatted(output.type(), output.name()));
    }
    json.writeEndObject();
  }
}
