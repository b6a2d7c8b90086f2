package io.imageaudit.modelserver.oip;

import io.imageaudit.modelserver.rest.JsonText;
import io.imageaudit.modelserver.rest.JsonValues;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads one inference request: JSON, and after it the tensors that have the parameter {@code
 * binary_data_size}, in the order of the inputs (extension binary_tensor_data).
 */
final class OipRestReader {

  private final ByteBuffer binary;
  private final int maxElements;

  private final List<Tensor> inputs = new ArrayList<>();
  private JsonNode id = MissingNode.getInstance();
  private JsonNode parameters = MissingNode.getInstance();
  private JsonNode outputs = MissingNode.getInstance();

  /**
   * Reads from here.
   *
   * @param binary what follows the JSON
   * @param maxElements most elements of an input in JSON
   */
  OipRestReader(ByteBuffer binary, int maxElements) {
    this.binary = binary;
    this.maxElements = maxElements;
  }

  OipRestRequest read(ByteBuffer json) {
    try (JsonParser parser =
        JsonText.MAPPER.createParser(
            json.array(), json.arrayOffset() + json.position(), json.remaining())) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the request is no JSON object");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> id = parser.readValueAsTree();
          case "parameters" -> parameters = parser.readValueAsTree();
          case "outputs" -> outputs = parser.readValueAsTree();
          case "inputs" -> readInputs(parser);
          default -> parser.skipChildren();
        }
      }
    }
    if (binary.hasRemaining()) {
      throw RefusedException.invalid(binary.remaining() + " bytes more than the inputs name");
    }
    return new OipRestRequest(
        id.asString(""),
        parameters.path("timeout").asLong(0),
        parameters.path("binary_data_output").asBoolean(false),
        inputs,
        readOutputs());
  }

  private void readInputs(JsonParser parser) {
    expect(parser.currentToken(), JsonToken.START_ARRAY, "'inputs' is no array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.START_OBJECT, "an input is no object");
      inputs.add(readInput(parser));
    }
  }

  private Tensor readInput(JsonParser parser) {
    String name = "";
    String datatype = "";
    JsonNode shape = MissingNode.getInstance();
    JsonNode inputParameters = MissingNode.getInstance();
    JsonValues data = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "name" -> name = text(parser, field);
        case "datatype" -> datatype = text(parser, field);
        case "shape" -> shape = parser.readValueAsTree();
        case "parameters" -> inputParameters = parser.readValueAsTree();
        case "data" -> {
          data = new JsonValues(maxElements);
          data.read(parser);
        }
        default -> parser.skipChildren();
      }
    }
    TensorType type = OipModels.type(name, datatype);
    return new Tensor(name, type, shape(name, shape), bytes(name, type, data, inputParameters));
  }

  private ByteBuffer bytes(
      String name, TensorType type, @Nullable JsonValues data, JsonNode inputParameters) {
    JsonNode size = inputParameters.path("binary_data_size");
    if (size.isMissingNode()) {
      if (data == null) {
        throw RefusedException.invalid(
            "input '" + name + "' has neither data nor binary_data_size");
      }
      if (!TypedContents.canHold(type)) {
        throw RefusedException.invalid(
            "sending %s data via JSON is not supported for input '%s'".formatted(type, name));
      }
      return data.toBytes(name, type);
    }
    if (data != null) {
      throw RefusedException.invalid("input '" + name + "' has both data and binary_data_size");
    }
    if (!size.isInt() || size.asInt() < 0 || size.asInt() > binary.remaining()) {
      throw RefusedException.invalid(
          "binary_data_size of input '%s' is %s (expected: 0..%d, what the body has left)"
              .formatted(name, size, binary.remaining()));
    }
    ByteBuffer bytes = binary.slice(binary.position(), size.asInt());
    binary.position(binary.position() + size.asInt());
    return bytes;
  }

  private List<OipRestRequest.Output> readOutputs() {
    List<OipRestRequest.Output> wanted = new ArrayList<>();
    boolean binaryDefault = parameters.path("binary_data_output").asBoolean(false);
    for (JsonNode output : outputs) {
      wanted.add(
          new OipRestRequest.Output(
              output.path("name").asString(""),
              output.path("parameters").path("binary_data").asBoolean(binaryDefault)));
    }
    return wanted;
  }

  private static Shape shape(String name, JsonNode shape) {
    List<Long> dimensions = new ArrayList<>();
    for (JsonNode dimension : shape) {
      if (!dimension.isIntegralNumber()
          || !dimension.canConvertToLong()
          || dimension.asLong() < 0) {
        throw RefusedException.invalid("invalid shape " + shape + " for input '" + name + "'");
      }
      dimensions.add(dimension.asLong());
    }
    if (!shape.isArray()) {
      throw RefusedException.invalid("input '" + name + "' has no shape");
    }
    return new Shape(dimensions);
  }

  private static String text(JsonParser parser, String field) {
    expect(parser.currentToken(), JsonToken.VALUE_STRING, "'" + field + "' is no text");
    return parser.getString();
  }

  private static void expect(@Nullable JsonToken token, JsonToken expected, String message) {
    if (token != expected) {
      throw RefusedException.invalid(message);
    }
  }
}
