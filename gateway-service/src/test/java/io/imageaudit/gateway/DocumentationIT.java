package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.MessageSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The description of the API, held against the API. */
@GatewayTest
class DocumentationIT {

  private final Door door;
  private final FakeIntake other;
  private final EventPublisher events;
  private final MessageSource messages;
  private final RequestMappingHandlerMapping routes;

  DocumentationIT(
      Door door,
      FakeIntake other,
      EventPublisher events,
      MessageSource messages,
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
    this.door = door;
    this.other = other;
    this.events = events;
    this.messages = messages;
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
                described.add(method.toUpperCase(Locale.ROOT) + " " + path);
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
  void the_description_is_valid() {
    String text = description().toString();
    assertThat(faults(text)).isEmpty();
    assertThat(faults(text.replace("\"responses\"", "\"respones\""))).isNotEmpty();
  }

  private static List<String> faults(String description) {
    return new OpenAPIV3Parser().readContents(description, null, new ParseOptions()).getMessages();
  }

  @Test
  void every_example_of_an_answer_has_the_form_that_is_described() {
    JsonNode description = description();
    OpenApi api = new OpenApi(description);
    int seen = 0;
    for (OpenApi.Operation operation : api.operations()) {
      JsonNode answers = operation.described().path("responses");
      for (String status : answers.propertyNames()) {
        JsonNode content = api.answer(operation, Integer.parseInt(status));
        for (JsonNode example : OpenApi.examples(content)) {
          assertThat(api.faults(content, example)).as(operation + " " + status).isEmpty();
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(150);
    JsonNode wrong = description.at("/components/responses/NotFound/content/application~1json");
    assertThat(api.faults(wrong, JsonNodeFactory.instance.objectNode())).isNotEmpty();
  }

  @Test
  void every_example_of_a_problem_says_what_the_service_says() {
    description()
        .at("/components/responses")
        .valueStream()
        .map(answer -> answer.at("/content/application~1json/example"))
        .forEach(example ->
            assertThat(example.path("message").asString())
                .isEqualTo(
                    messages.getMessage(
                        "problem." + example.path("code").asString(), null, Locale.ENGLISH)));
  }

  @Test
  void every_route_but_the_documentation_asks_for_a_credential_of_its_scope() {
    for (OpenApi.Operation operation : new OpenApi(description()).operations()) {
      String path = operation.path().replaceAll("[{}]", "");
      HttpRequest.Builder anonymous = door.anonymous(path);
      assertThat(door.send(with(anonymous, operation)).status())
          .as(operation.toString())
          .isEqualTo(401);
      String wrong = path.startsWith("/v1/admin") ? Keys.API_KEY : Keys.ADMIN_KEY;
      int expected = path.equals("/v1/limits") ? 200 : 403;
      assertThat(door.send(with(door.request(path, wrong), operation)).status())
          .as(operation.toString())
          .isEqualTo(expected);
    }
  }

  @Test
  void bodies_of_another_type_and_unknown_methods_are_refused_everywhere() {
    for (OpenApi.Operation operation : new OpenApi(description()).operations()) {
      String path = operation.path().replaceAll("[{}]", "");
      String key = path.startsWith("/v1/admin") ? Keys.ADMIN_KEY : Keys.API_KEY;
      HttpRequest.Builder patch = door.request(path, key);
      assertThat(door.send(patch.method("PATCH", BodyPublishers.noBody())).status())
          .as(operation.toString())
          .isIn(404, 405);
      if (operation.body() != null) {
        HttpRequest.Builder text = door.request(path, key).header("Content-Type", "text/csv");
        text.method(operation.method(), BodyPublishers.ofString("a"));
        assertThat(door.send(text).status()).as(operation.toString()).isEqualTo(415);
      }
    }
  }

  private static HttpRequest.Builder with(
      HttpRequest.Builder request, OpenApi.Operation operation) {
    JsonNode body = operation.body();
    return request
        .header("Content-Type", "application/json")
        .method(
            operation.method(),
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
  }

  @Test
  void every_example_of_a_request_is_done_and_answered_as_described() {
    OpenApi api = new OpenApi(description());
    Map<String, String> known = new HashMap<>(ended());
    List<OpenApi.Operation> operations = api.operations();
    assertThat(operations).hasSizeGreaterThan(30);
    for (OpenApi.Operation operation : operations) {
      int status = OpenApi.done(operation);
      JsonNode content = api.answer(operation, status);
      if (operation.path().matches("/v1/(deliver|replays|events|endpoints|webhook).*|.*/image")) {
        other.script(status, OpenApi.examples(content).getFirst().toString());
      }
      String key = operation.path().startsWith("/v1/admin") ? Keys.ADMIN_KEY : Keys.API_KEY;
      Answer answer = door.send(with(door.request(path(operation, known), key), operation));
      assertThat(answer.status()).as(operation + ": " + answer.http().body()).isEqualTo(status);
      assertThat(api.faults(content, answer.body())).as(operation.toString()).isEmpty();
      if (answer.data().has("key_id")) {
        known.put("keyId", answer.data().path("key_id").asString());
      }
    }
  }

  /** An audit that has ended, and other things that paths can name. */
  private Map<String, String> ended() {
    Answer mine = door.submit("{\"image_url\": \"https://shop.example/d.jpg\"}");
    AuditSubmitted event = Topics.hear(EventTopic.SUBMITTED, mine.auditId(), 1).getFirst();
    events.publish(EventTopic.CONCLUDED, Events.concluded(event), TraceParent.start(new Random(3)));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> door.get("/v1/audits/" + mine.auditId()).data().path("verdict").isString());
    String any = "0199a5d2-7c1e-7b3a-9f00-1c2d3e4f5a6e";
    return Map.of(
        "auditId",
        mine.auditId(),
        "deliveryId",
        FakeIntake.DELIVERY,
        "endpointId",
        any,
        "replayId",
        any,
        "secretId",
        any,
        "tenant",
        "globex");
  }

  private static String path(OpenApi.Operation operation, Map<String, String> known) {
    String path = operation.path();
    for (Map.Entry<String, String> each : known.entrySet()) {
      path = path.replace("{" + each.getKey() + "}", each.getValue());
    }
    return path;
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
