package io.imageaudit.deployment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML document, with where it is from.
 *
 * @param origin for messages
 * @param value a map, a list or a scalar
 */
record Node(String origin, @Nullable Object value) {

  /** The value below those keys, if it is there. */
  Optional<Node> at(String... keys) {
    Object here = value;
    for (String key : keys) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return here == null ? Optional.empty() : Optional.of(new Node(origin, here));
  }

  /** The text below those keys; empty when there is none. */
  String text(String... keys) {
    return at(keys).map(node -> String.valueOf(node.value())).orElse("");
  }

  /** The elements of the list below those keys; none when there is none. */
  List<Node> list(String... keys) {
    return at(keys).map(Node::value).orElse("") instanceof List<?> elements
        ? elements.stream().map(element -> new Node(origin, element)).toList()
        : List.of();
  }

  /** The entries of the map below those keys; none when there is none. */
  Map<String, Object> map(String... keys) {
    @SuppressWarnings("unchecked")
    Map<String, Object> map =
        at(keys)
            .filter(node -> node.value() instanceof Map<?, ?>)
            .map(node -> (Map<String, Object>) node.value())
            .orElse(Map.of());
    return map;
  }

  String kind() {
    return text("kind");
  }

  String name() {
    return text("metadata", "name");
  }

  /** The pods that this resource makes, as templates. */
  Stream<Node> pods() {
    return switch (kind()) {
      case "Deployment", "StatefulSet" -> at("spec", "template").stream();
      case "Service" -> at("spec", "template").stream();
      default -> Stream.empty();
    };
  }

  @Override
  public String toString() {
    return origin + ": " + kind() + " " + name();
  }
}
