package io.imageaudit.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeTest {

  private static final String TEXT = Repository.text("docker-compose.yml");
  private static final Node FILE = Repository.documents("docker-compose.yml", TEXT).getFirst();

  /** Ends by itself, so there is no health to ask for. */
  private static final Set<String> ONE_SHOT = Set.of("image-store-owner", "samples");

  /** Has neither a shell nor a client in its image. */
  private static final Set<String> MUTE = Set.of("tracing");

  static Stream<String> services() {
    return FILE.map("services").keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("services")
  void every_service_is_bounded_logged_and_checked(String name) {
    Node service = FILE.at("services", name).orElseThrow();
    assertThat(service.text("deploy", "resources", "limits", "memory")).as(name).isNotEmpty();
    assertThat(service.text("logging", "options", "max-size")).as(name).isNotEmpty();
    // Our own images bring their health check along.
    if (service.at("build").isEmpty() && !ONE_SHOT.contains(name) && !MUTE.contains(name)) {
      assertThat(service.at("healthcheck", "test")).as(name).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void every_need_names_a_service_and_a_condition(String name) {
    FILE.map("services", name, "depends_on")
        .forEach((needed, need) -> {
          assertThat(FILE.map("services")).containsKey(needed);
          assertThat(need)
              .isInstanceOfSatisfying(Map.class, map -> assertThat(map).containsKey("condition"));
        });
  }

  @ParameterizedTest
  @MethodSource("services")
  void ports_are_published_on_this_machine_only(String name) {
    assertThat(FILE.list("services", name, "ports"))
        .allMatch(port -> String.valueOf(port.value()).startsWith("127.0.0.1:"));
  }

  @Test
  void every_variable_is_in_the_example_and_no_image_floats() {
    Set<String> used = new TreeSet<>();
    Matcher variable = Pattern.compile("\\$\\{([A-Z_]+)").matcher(TEXT);
    while (variable.find()) {
      used.add(variable.group(1));
    }
    // Where a profile asks for them: the comment beside it says so.
    used.removeAll(Set.of("MODEL_ENDPOINT", "TF_SAVED_MODEL"));
    List<String> example = Repository.text(".env.example").lines().toList();
    assertThat(used)
        .allMatch(
            name -> example.stream().anyMatch(line -> line.startsWith(name + "=")),
            "is in .env.example");
    assertThat(example.stream().filter(line -> line.contains("_IMAGE=")))
        .isNotEmpty()
        .allMatch(
            line -> line.matches("[A-Z_]+=.+:v?[0-9][A-Za-z0-9._-]*"), "has a version as its tag");
  }

  @Test
  void secrets_of_the_example_are_made_and_not_written() {
    assertThat(
            Repository.text(".env.example")
                .lines()
                .filter(line -> line.matches("[A-Z_]*(PASSWORD|TOKEN|KEY|SECRET)[A-Z_]*=.*")))
        .isNotEmpty()
        .allMatch(line -> line.contains("=generate:"));
  }
}
