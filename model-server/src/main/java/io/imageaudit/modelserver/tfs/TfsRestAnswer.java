package io.imageaudit.modelserver.tfs;

import io.imageaudit.modelserver.rest.JsonTensor;
import io.imageaudit.modelserver.rest.JsonText;
import io.imageaudit.modelserver.rest.RestAnswer;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Writes predictions and metadata as TensorFlow Serving does. */
final class TfsRestAnswer {

  private TfsRestAnswer() {}

  /** A list with one entry per row. */
  static RestAnswer rows(Collection<Tensor> outputs) {
    return write(
        "predictions",
        json -> {
          Map<String, JsonTensor> writers = new LinkedHashMap<>();
          outputs.forEach(out -> writers.put(out.name(), new JsonTensor(json, out)));
          long rows = outputs.stream().mapToLong(out -> out.shape().rows()).min().orElse(0);
          json.writeStartArray();
          for (long row = 0; row < rows; row++) {
            writeRow(json, writers);
          }
          json.writeEndArray();
        });
  }

  /** Whole tensors. */
  static RestAnswer columns(Collection<Tensor> outputs) {
    return write(
        "outputs",
        json -> {
          if (outputs.size() == 1) {
            outputs.forEach(out -> new JsonTensor(json, out).nested());
            return;
          }
          json.writeStartObject();
          for (Tensor output : outputs) {
            json.writeName(output.name());
            new JsonTensor(json, output).nested();
          }
          json.writeEndObject();
        });
  }

  static RestAnswer status(List<ServedModel> versions, boolean ready) {
    return RestAnswer.json(
        Map.of(
            "model_version_status", versions.stream().map(model -> status(model, ready)).toList()));
  }

  static RestAnswer metadata(ServedModel model) {
    Map<String, Object> signature = new LinkedHashMap<>();
    signature.put("inputs", infos(model.inputs()));
    signature.put("outputs", infos(model.outputs()));
    signature.put("method_name", TfsModels.METHOD);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put(
        "model_spec",
        Map.of(
            "name", model.name(),
            "signature_name", "",
            "version", Long.toString(model.version())));
    metadata.put(
        "metadata",
        Map.of("signature_def", Map.of("signature_def", Map.of(TfsModels.SIGNATURE, signature))));
    return RestAnswer.json(metadata);
  }

  private static Map<String, Object> status(ServedModel model, boolean ready) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("version", Long.toString(model.version()));
    status.put("state", ready ? "AVAILABLE" : "LOADING");
    status.put("status", Map.of("error_code", "OK", "error_message", ""));
    return status;
  }

  private static Map<String, Object> infos(List<TensorSpec> specs) {
    Map<String, Object> infos = new LinkedHashMap<>();
    for (TensorSpec spec : specs) {
      infos.put(
          spec.name(),
          Map.of(
              "dtype", TfsTypes.ofTensor(spec.type()).name(),
              "tensor_shape", shape(spec.shape()),
              "name", spec.name() + ":0"));
    }
    return infos;
  }

  private static Map<String, Object> shape(Shape shape) {
    return Map.of(
        "dim",
        shape.dimensions().stream()
            .map(size -> Map.of("size", Long.toString(size), "name", ""))
            .toList(),
        "unknown_rank",
        false);
  }

  private static void writeRow(JsonGenerator json, Map<String, JsonTensor> writers) {
    if (writers.size() == 1) {
      writers.values().forEach(JsonTensor::row);
      return;
    }
    json.writeStartObject();
    writers.forEach((name, writer) -> {
      json.writeName(name);
      writer.row();
    });
    json.writeEndObject();
  }

  private static RestAnswer write(String field, Consumer<JsonGenerator> value) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonText.MAPPER.createGenerator(text)) {
      json.writeStartObject();
      json.writeName(field);
      value.accept(json);
      json.writeEndObject();
    }
    return RestAnswer.written(text.toByteArray());
  }
}
