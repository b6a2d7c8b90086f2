package io.imageaudit.gateway;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The description of the API, read for tests. */
final class OpenApi {

  private final JsonNode description;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new HashMap<>();

  OpenApi(JsonNode description) {
    this.description = description;
  }

  /**
   * One method of one path.
   *
   * @param body an example of what is sent, if anything is
   */
  record Operation(String method, String path, JsonNode described, @Nullable JsonNode body) {

    @Override
    public String toString() {
      return method + " " + path + (body == null ? "" : " " + body);
    }
  }

  /** What is described, once for each example of a body, in the order of the document. */
  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    description
        .path("paths")
        .forEachEntry((path, methods) ->
            methods.forEachEntry((method, described) -> {
              if (!method.equals("parameters")) {
                add(all, method.toUpperCase(java.util.Locale.ROOT), path, described);
              }
            }));
    return all;
  }

  private static void add(List<Operation> all, String method, String path, JsonNode described) {
    JsonNode body = described.path("requestBody").path("content").path("application/json");
    List<JsonNode> examples = examples(body);
    if (examples.isEmpty()) {
      all.add(new Operation(method, path, described, null));
    }
    examples.forEach(example -> all.add(new Operation(method, path, described, example)));
  }

  /** The examples beside a schema. */
  static List<JsonNode> examples(JsonNode content) {
    List<JsonNode> all = new ArrayList<>();
    if (content.has("example")) {
      all.add(content.path("example"));
    }
    content.path("examples").valueStream().map(each -> each.path("value")).forEach(all::add);
    return all;
  }

  /** The answer that says that an operation was done: its status. */
  static int done(Operation operation) {
    return operation.described().path("responses").propertyNames().stream()
        .mapToInt(Integer::parseInt)
        .filter(status -> status < 300)
        .findFirst()
        .orElseThrow();
  }

  /** What is described of an answer of an operation. */
  JsonNode answer(Operation operation, int status) {
    JsonNode answer = operation.described().path("responses").path(Integer.toString(status));
    return resolved(answer).path("content").path("application/json");
  }

  /** What a reference stands for. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? description.at(node.path("$ref").asString().substring(1)) : node;
  }

  /** What is wrong with a value by the schema of a content. */
  List<String> faults(JsonNode content, JsonNode value) {
    String schema = content.path("schema").toString();
    return schemas
        .computeIfAbsent(schema, this::schema)
        .validate(value.toString(), InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private Schema schema(String text) {
    return registry.getSchema(
        "{\"allOf\": [%s], \"components\": %s}".formatted(text, description.path("components")),
        InputFormat.JSON);
  }
}
