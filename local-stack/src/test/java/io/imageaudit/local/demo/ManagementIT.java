package io.imageaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PortName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each running service says of itself to those who operate it. */
class ManagementIT {

  @ParameterizedTest
  @EnumSource(names = {"GATEWAY_MANAGEMENT", "INTAKE", "WORKER", "NOTIFICATION"})
  void service_lives_by_itself_and_is_ready_with_what_it_needs(PortName port) throws Exception {
    JsonNode alive = ask(port, "health/liveness");
    JsonNode ready = ask(port, "health/readiness");

    assertThat(alive.path("status").asString()).isEqualTo("UP");
    assertThat(alive.path("components").propertyNames()).containsExactly("livenessState");
    assertThat(ready.path("status").asString()).isEqualTo("UP");
    assertThat(ready.path("components").propertyNames())
        .contains("readinessState", "db")
        .doesNotContain("circuitBreakers", "diskSpace");
  }

  @ParameterizedTest
  @EnumSource(names = {"GATEWAY_MANAGEMENT", "INTAKE", "WORKER", "NOTIFICATION"})
  void service_says_which_build_it_is_and_nothing_else(PortName port) throws Exception {
    JsonNode info = ask(port, "info");

    assertThat(info.path("build").path("version").asString()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(info.path("build").path("artifact").asString())
        .isEqualTo(port == PortName.WORKER ? "audit-worker" : service(port) + "-service");
    assertThat(info.propertyNames()).isSubsetOf("build", "git");
  }

  private static String service(PortName port) {
    return port.text().replace("-management", "");
  }

  private static JsonNode ask(PortName port, String endpoint)
      throws IOException, InterruptedException {
    String address = StackUnderTest.shared().ports().url(port) + "/actuator/" + endpoint;
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body());
    }
  }
}
