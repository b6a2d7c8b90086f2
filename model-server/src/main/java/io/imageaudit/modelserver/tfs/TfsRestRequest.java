package io.imageaudit.modelserver.tfs;

import io.imageaudit.modelserver.rest.JsonText;
import io.imageaudit.modelserver.rest.JsonValues;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a prediction request: {@code instances}, which lists rows, or {@code inputs}, which holds
 * whole tensors (TensorFlow Serving's REST API, row and columnar format).
 */
final class TfsRestRequest {

  private final ServedModel model;
  private final int maxElements;
  private final Map<String, JsonValues> values = new LinkedHashMap<>();
  private @Nullable String form;

  TfsRestRequest(ServedModel model, int maxElements) {
    this.model = model;
    this.maxElements = maxElements;
  }

  /** Whether rows came in, so that rows go out. */
  boolean isRows() {
    return "instances".equals(form);
  }

  List<Tensor> read(ByteBuffer body) {
    try (JsonParser parser = JsonText.MAPPER.createParser(body.array())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusedException.invalid("JSON Value: (expected: an object)");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        readField(parser, parser.currentName());
      }
    }
    if (form == null) {
      throw RefusedException.invalid("Missing 'inputs' or 'instances' key");
    }
    return tensors();
  }

  private void readField(JsonParser parser, String field) {
    parser.nextToken();
    switch (field) {
      case "signature_name" -> TfsModels.checkSignature(parser.getString());
      case "instances" -> {
        take(field);
        readRows(parser);
      }
      case "inputs" -> {
        take(field);
        readColumns(parser);
      }
      default -> parser.skipChildren();
    }
  }

  private void take(String field) {
    if (form != null) {
      throw RefusedException.invalid("Only one of 'instances' and 'inputs' may be given, once");
    }
    form = field;
  }

  private void readRows(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw RefusedException.invalid("'instances' is no list");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        readNamedRow(parser);
      } else {
        onlyInput().readRow(parser);
      }
    }
  }

  private void readNamedRow(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (name.equals("b64") && model.input(name).isEmpty()) {
        onlyInput().addRow(JsonValues.base64(parser));
        return;
      }
      parser.nextToken();
      input(name).readRow(parser);
    }
  }

  private void readColumns(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      onlyInput().read(parser);
      return;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (values.containsKey(name)) {
        throw RefusedException.invalid("input '" + name + "' is given twice");
      }
      input(name).read(parser);
    }
  }

  private JsonValues onlyInput() {
    if (model.inputs().size() != 1) {
      throw RefusedException.invalid(
          "model '%s' has %d inputs, so that values need names"
              .formatted(model.name(), model.inputs().size()));
    }
    return input(model.inputs().getFirst().name());
  }

  private JsonValues input(String name) {
    if (model.input(name).isEmpty()) {
      throw RefusedException.invalid(
          "unexpected input '%s' for model '%s'".formatted(name, model.name()));
    }
    return values.computeIfAbsent(name, _ -> new JsonValues(maxElements));
  }

  private List<Tensor> tensors() {
    List<Tensor> tensors = new ArrayList<>();
    for (TensorSpec spec : model.inputs()) {
      JsonValues given = values.get(spec.name());
      if (given != null) {
        ByteBuffer data = given.toBytes(spec.name(), spec.type());
        tensors.add(new Tensor(spec.name(), spec.type(), given.shape(), data));
      }
    }
    return tensors;
  }
}
