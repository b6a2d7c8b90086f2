package io.imageaudit.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes {@code docs/configuration.md} from what the modules themselves say. */
final class ConfigurationReference {

  static final List<String> SERVICES =
      List.of("gateway-service", "intake-service", "audit-worker", "notification-service");

  private static final String INTRODUCTION =
      """
      # Configuration

      Written by a test from the typed settings and defaults of the modules. After a change of one:

      ```
      mvn -q -o -Pfast -pl deployment-checks -am test -Dtest=ConfigurationTest -Dsurefire.failIfNoSpecifiedTests=false -Dreference=write
      ```

      Each key can be given in a file (`--spring.config.additional-location=file:/etc/image-audit/`), as a system property, or in
      the environment: upper case, dots as underscores, dashes left out, so `image-audit.tracing.endpoint` is
      `IMAGEAUDIT_TRACING_ENDPOINT`. A value out of its range stops the start and is named. Durations are written like `250ms`,
      `10s`, `24h`; sizes like `20MB`. What a model (`image-audit.models.<name>`) and a check consist of is in [models.md](models.md).
      """;

  private ConfigurationReference() {}

  static String write() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    page.append("\n## All services\n").append(table(Setting.of("common-model")));
    page.append("\nPreset for the platform, the same in all services:\n")
        .append(presets("common-model/src/main/resources/image-audit-defaults.yaml"));
    for (String service : SERVICES) {
      page.append("\n## ").append(service).append('\n').append(table(Setting.of(service)));
      page.append("\nPreset, where it differs from the above:\n")
          .append(presets(service + "/src/main/resources/application.yaml"));
    }
    return page.toString();
  }

  private static String table(List<Setting> settings) {
    return settings.stream()
        .map(Setting::row)
        .collect(
            Collectors.joining(
                "\n", "\n| key | type | default | meaning |\n|---|---|---|---|\n", "\n"));
  }

  private static String presets(String file) {
    Map<String, String> flat = new TreeMap<>();
    Repository.documents(file, Repository.text(file))
        .forEach(document -> flatten("", document.value(), flat));
    return flat.entrySet().stream()
        .map(entry -> "| `%s` | `%s` |".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n", "\n| key | value |\n|---|---|\n", "\n"));
  }

  private static void flatten(String prefix, @Nullable Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) ->
          flatten(prefix.isEmpty() ? key.toString() : prefix + "." + key, inner, flat));
    } else if (value instanceof List<?> list) {
      List<String> items = new ArrayList<>();
      list.forEach(item -> items.add(item.toString()));
      flat.put(prefix, String.join(", ", items));
    } else {
      flat.put(prefix, String.valueOf(value));
    }
  }
}
