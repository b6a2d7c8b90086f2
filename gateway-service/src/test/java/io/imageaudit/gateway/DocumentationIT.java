package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description of the API, held against the API. */
@GatewayTest
class DocumentationIT {

  private final Door door;
  private final RequestMappingHandlerMapping routes;

  DocumentationIT(
      Door door, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
    this.door = door;
    this.routes = routes;
  }

  @Test
  void every_route_is_described_and_every_description_is_a_route() {
    JsonNode description = description();
    Set<String> described = new TreeSet<>();
    description
        .path("paths")
        .forEachEntry((path, operations) ->
            operations.forEachEntry((method, _) -> {
              if (!method.equals("parameters")) {
                described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
              }
            }));
    Set<String> served =
        routes.getHandlerMethods().keySet().stream()
            .flatMap(DocumentationIT::operations)
            .filter(route -> route.contains(" /v1/"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described).isEqualTo(served);
  }

  @Test
  void the_description_is_openapi_and_names_every_error() {
    JsonNode description = description();
    assertThat(description.path("openapi").asString()).startsWith("3.1");
    String text = description.toString();
    assertThat(
            Arrays.stream(io.imageaudit.gateway.problem.ProblemCode.values())
                .map(Enum::name)
                .filter(name ->
                    !Set.of("MALFORMED_JSON", "METHOD_NOT_ALLOWED", "INTERNAL_ERROR")
                        .contains(name)))
        .allSatisfy(code -> assertThat(text).contains(code));
  }

  @Test
  void every_route_but_the_documentation_asks_for_a_credential() {
    description()
        .path("paths")
        .forEachEntry((path, _) ->
            assertThat(door.send(door.anonymous(path.replaceAll("[{}]", ""))).status())
                .as(path)
                .isEqualTo(401));
  }

  @Test
  void the_pages_for_people_are_served() {
    Answer page = door.send(door.anonymous("/swagger-ui/index.html"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
  }

  private JsonNode description() {
    Answer answer = door.send(door.anonymous("/v3/api-docs"));
    assertThat(answer.status()).isEqualTo(200);
    return answer.body();
  }

  private static java.util.stream.Stream<String> operations(RequestMappingInfo route) {
    return route.getMethodsCondition().getMethods().stream()
        .flatMap(
            method -> route.getPatternValues().stream().map(path -> method.name() + " " + path));
  }
}
