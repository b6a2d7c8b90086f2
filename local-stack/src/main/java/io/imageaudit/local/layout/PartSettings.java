package io.imageaudit.local.layout;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings of single services that win over those of the stack.
 *
 * @param properties values by property name, for each service that has any
 */
public record PartSettings(Map<PartName, Map<String, String>> properties) {

  private static final Set<PartName> SERVICES =
      EnumSet.of(PartName.GATEWAY, PartName.INTAKE, PartName.WORKER, PartName.NOTIFICATION);

  /** Copies. */
  public PartSettings {
    properties = Map.copyOf(properties);
  }

  /** None. */
  public static PartSettings none() {
    return new PartSettings(Map.of());
  }

  /**
   * Reads flags, each {@code gateway.image-audit.quota.rate=500}.
   *
   * @throws IllegalArgumentException naming the one that cannot be read
   */
  public static PartSettings parse(Collection<String> flags) {
    Map<PartName, Map<String, String>> properties = new EnumMap<>(PartName.class);
    for (String flag : flags) {
      int dot = flag.indexOf('.');
      int equals = flag.indexOf('=');
      if (dot < 0 || equals < dot) {
        throw unreadable(flag);
      }
      PartName part =
          PartName.parse(flag.substring(0, dot))
              .filter(SERVICES::contains)
              .orElseThrow(() -> unreadable(flag));
      properties
          .computeIfAbsent(part, _ -> new LinkedHashMap<>())
          .put(flag.substring(dot + 1, equals), flag.substring(equals + 1));
    }
    return new PartSettings(properties);
  }

  private static IllegalArgumentException unreadable(String flag) {
    String services = SERVICES.stream().map(PartName::text).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "--set " + flag + " (expected: PART.PROPERTY=VALUE, PART one of " + services + ")");
  }

  /** Those of one service. */
  public Map<String, String> of(PartName part) {
    return properties.getOrDefault(part, Map.of());
  }
}
