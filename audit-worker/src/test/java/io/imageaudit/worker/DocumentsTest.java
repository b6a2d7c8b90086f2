package io.imageaudit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerProperties;
import io.github.resilience4j.springboot.ratelimiter.autoconfigure.RateLimiterProperties;
import io.imageaudit.worker.check.CheckSettings;
import io.imageaudit.worker.inference.InferenceSettings;
import io.imageaudit.worker.policy.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the documents show can be written so. */
class DocumentsTest {

  private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void every_model_that_is_shown_can_be_configured_so() throws IOException {
    Set<String> shown = new HashSet<>();
    for (String block : blocks("models.md")) {
      Map<String, Object> top = new Yaml().load(block);
      for (String key : top.keySet()) {
        switch (key) {
          case "image-audit" -> shown.addAll(models(block));
          case "resilience4j" -> requireGuards(block);
          default -> throw new AssertionError(key + ": read by nobody");
        }
      }
    }
    assertThat(shown)
        .contains(
            "gantman",
            "open-nsfw",
            "falconsai",
            "adamcodd",
            "nudenet",
            "nudenet-v30",
            "yolov8",
            "yolov5",
            "yolov10",
            "paddle-det",
            "paddle-rec",
            "clip",
            "siglip",
            "torchvision",
            "keras-caffe",
            "keras-tf",
            "openai-moderation",
            "qwen-vl",
            "gemini",
            "torchserve");
  }

  @Test
  void every_policy_that_is_shown_is_one() throws IOException {
    List<String> blocks = blocks("policy.md");

    assertThat(blocks).isNotEmpty().allSatisfy(PolicyText::requireReadable);
  }

  private static Set<String> models(String block) {
    Map<String, Map<String, Object>> top = new Yaml().load(block);
    Map<String, Object> inside = Objects.requireNonNull(top.get("image-audit"));
    Set<String> known = Set.of("models", "checks");
    assertThat(known).containsAll(inside.keySet());
    Set<String> models = new HashSet<>();
    if (inside.containsKey("models")) {
      String part = new Yaml().dump(Map.of("it", Map.of("models", inside.get("models"))));
      models.addAll(SettingsText.bind(part, "it", InferenceSettings.class).models().keySet());
    }
    if (inside.containsKey("checks")) {
      String part = new Yaml().dump(Map.of("it", Map.of("checks", inside.get("checks"))));
      assertThat(SettingsText.bind(part, "it", CheckSettings.class).checks()).isNotEmpty();
    }
    return models;
  }

  private static void requireGuards(String block) {
    Map<String, Map<String, Map<String, Object>>> top = new Yaml().load(block);
    Objects.requireNonNull(top.get("resilience4j"))
        .forEach((guard, settings) -> {
          Class<?> type =
              switch (guard.replaceAll("\\..*", "")) {
                case "circuitbreaker" -> CircuitBreakerProperties.class;
                case "ratelimiter" -> RateLimiterProperties.class;
                default -> throw new AssertionError(guard + ": read by nobody");
              };
          String part =
              new Yaml().dump(Map.of("it", Map.of(guard.replaceAll("^[a-z]+\\.", ""), settings)));
          assertThat(SettingsText.bind(part, "it", type)).isNotNull();
        });
  }

  private static List<String> blocks(String document) throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("../docs", document)))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
