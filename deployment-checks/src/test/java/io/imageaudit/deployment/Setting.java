package io.imageaudit.deployment;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A typed setting of a module, as the compiler wrote it down.
 *
 * @param name the whole key
 * @param type Java's name of its type
 * @param value the default, as one writes it; null when there is none
 * @param meaning one sentence; empty when nobody wrote it
 */
record Setting(String name, String type, @Nullable String value, String meaning) {

  private static final String METADATA =
      "target/classes/META-INF/spring-configuration-metadata.json";
  private static final Pattern CODE = Pattern.compile("\\{@(?:code|value|link) ([^}]*)}");
  private static final Pattern PACKAGE = Pattern.compile("(?:[a-z][a-z0-9]*\\.)+(?=[A-Z])");

  /** Those of a module, by name. */
  static List<Setting> of(String module) {
    JsonNode metadata = JsonMapper.shared().readTree(Repository.text(module + "/" + METADATA));
    return StreamSupport.stream(metadata.path("properties").spliterator(), false)
        .filter(property -> property.path("name").asString().startsWith("image-audit."))
        .map(Setting::of)
        .sorted(Comparator.comparing(Setting::name))
        .toList();
  }

  private static Setting of(JsonNode property) {
    JsonNode value = property.path("defaultValue");
    return new Setting(
        property.path("name").asString(),
        property.path("type").asString(""),
        value.isMissingNode() ? null : text(value),
        property.path("description").asString("").replaceAll("\\s+", " ").strip());
  }

  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asString)
            .collect(Collectors.joining(", "))
        : value.asString();
  }

  /** A row of a table in Markdown. */
  String row() {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            name,
            words(),
            value == null ? "" : "`" + value + "`",
            CODE.matcher(meaning).replaceAll("`$1`"));
  }

  private String words() {
    String plain = PACKAGE.matcher(type).replaceAll("").replace('$', '.');
    Map<String, String> known =
        Map.of(
            "Duration", "duration",
            "DataSize", "size",
            "Integer", "whole number",
            "Long", "whole number",
            "Double", "number",
            "Boolean", "true or false",
            "String", "text",
            "URI", "URL",
            "Path", "path");
    return plain.startsWith("List<") || plain.startsWith("Set<")
        ? "list of " + known.getOrDefault(inner(plain), inner(plain)) + "s"
        : plain.startsWith("Map<") ? "map" : known.getOrDefault(plain, plain);
  }

  private static String inner(String generic) {
    return generic.substring(generic.indexOf('<') + 1, generic.length() - 1);
  }
}
