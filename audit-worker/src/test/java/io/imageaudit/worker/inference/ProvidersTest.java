package io.imageaudit.worker.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Withheld;
import io.imageaudit.worker.inference.ModelSettings.Protocol;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Providers of models by OpenAI's interfaces: what they say, and what they will not. */
class ProvidersTest {

  private final ScriptedHttpServer remote = new ScriptedHttpServer();
  private final HttpClient http = new InferenceConfig().modelHttp();
  private final GrpcChannels channels = new GrpcChannels();

  @AfterEach
  void close() {
    remote.close();
    http.close();
    channels.close();
  }

  @Test
  void moderation_shows_one_picture_and_reads_scores_by_category() {
    remote.answer(
        200,
        """
        {"id":"modr-1","model":"omni-moderation-2024-09-26","results":[{"flagged":true,
        "categories":{"sexual":true},"category_scores":{"sexual":0.91,"violence":0.02}}]}\
        """);

    InferenceOutcome outcome =
        server(Protocol.OPENAI_MODERATION).infer(TestModels.encoded(new byte[] {1, 2, 3}));

    assertThat(scores(outcome, 0)).containsExactly(0.91f, 0.02f);
    JsonNode request = JsonMapper.shared().readTree(remote.heard.getFirst().body());
    assertThat(remote.heard.getFirst().path()).isEqualTo("/moderations");
    assertThat(request.at("/input/0/image_url/url").asString())
        .isEqualTo("data:image/jpeg;base64,AQID");
  }

  @Test
  void a_score_that_is_missing_is_not_taken_for_zero() {
    remote.answer(200, "{\"results\":[{\"category_scores\":{\"sexual\":0.1}}]}");

    assertThat(server(Protocol.OPENAI_MODERATION).infer(TestModels.encoded(new byte[] {1})))
        .isInstanceOf(Failed.class);
  }

  @Test
  void chat_answers_with_an_object_fenced_or_not() {
    remote.answer(
        200,
        """
        {"model":"qwen3-vl-plus","choices":[{"finish_reason":"stop","message":{"role":"assistant",
        "content":"```json\\n{\\"sexual\\": 0.2, \\"violence\\": 0.7}\\n```"}}]}\
        """);

    InferenceOutcome outcome =
        server(Protocol.OPENAI_CHAT).infer(TestModels.encoded(new byte[] {1}));

    assertThat(scores(outcome, 0)).containsExactly(0.2f, 0.7f);
    JsonNode request = JsonMapper.shared().readTree(remote.heard.getFirst().body());
    assertThat(request.at("/response_format/type").asString()).isEqualTo("json_object");
    assertThat(request.at("/messages/0/content/1/text").asString()).contains("JSON", "violence");
  }

  @Test
  void a_category_that_pictures_are_not_looked_at_for_is_not_taken_for_clean() {
    remote.answer(
        200,
        """
        {"results":[{"category_scores":{"sexual":0.1,"violence":0},
        "category_applied_input_types":{"sexual":["image"],"violence":["text"]}}]}\
        """);

    assertThat(server(Protocol.OPENAI_MODERATION).infer(TestModels.encoded(new byte[] {1})))
        .isEqualTo(
            new Failed(
                Failed.Kind.FAULTY, "BAD_ANSWER", "the picture was not looked at for violence"));
  }

  @Test
  void a_category_that_pictures_are_looked_at_for_counts() {
    remote.answer(
        200,
        """
        {"results":[{"category_scores":{"sexual":0.1,"violence":0.2},
        "category_applied_input_types":{"sexual":["text","image"],"violence":["image"]}}]}\
        """);

    assertThat(
            scores(server(Protocol.OPENAI_MODERATION).infer(TestModels.encoded(new byte[] {1})), 0))
        .containsExactly(0.1f, 0.2f);
  }

  @Test
  void a_chat_model_that_refuses_gives_a_sign() {
    remote.answer(
        200,
        """
        {"choices":[{"finish_reason":"stop",
        "message":{"content":null,"refusal":"I can't assist with that."}}]}\
        """);

    assertThat(server(Protocol.OPENAI_CHAT).infer(TestModels.encoded(new byte[] {1})))
        .isInstanceOf(Withheld.class);
  }

  @ParameterizedTest
  @CsvSource({
    "429, insufficient_quota, null",
    "400, Arrearage, null",
    "429, null, insufficient_quota",
    "403, billing_hard_limit_reached, null",
  })
  void an_empty_account_is_nothing_that_passes(int status, String code, String type) {
    String error = "{\"error\":{\"code\":\"%s\",\"type\":\"%s\"}}".formatted(code, type);
    remote.answer(status, Map.of("Retry-After", "20"), error.getBytes(UTF_8));

    assertThat(server(Protocol.OPENAI_CHAT).infer(TestModels.encoded(new byte[] {1})))
        .isEqualTo(new Failed(Failed.Kind.MISCONFIGURED, "NO_CREDIT", error));
  }

  @Test
  void a_rate_limit_passes_even_when_its_message_speaks_of_billing() {
    String error =
        """
        [{"error":{"code":429,"status":"RESOURCE_EXHAUSTED",
        "message":"You exceeded your current quota, please check your plan and billing details."}}]\
        """;
    remote.answer(429, Map.of("Retry-After", "20"), error.getBytes(UTF_8));

    assertThat(server(Protocol.OPENAI_CHAT).infer(TestModels.encoded(new byte[] {1})))
        .isEqualTo(new Failed(Failed.Kind.UNAVAILABLE, "HTTP_429", error, Duration.ofSeconds(20)));
  }

  @Test
  void a_token_that_is_refused_with_words_about_billing_is_still_a_refused_token() {
    remote.answer(401, "{\"error\":{\"code\":\"billing_not_active\"}}");

    assertThat(server(Protocol.OPENAI_CHAT).infer(TestModels.encoded(new byte[] {1})))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo("HTTP_401"));
  }

  @Test
  void a_provider_that_will_not_look_gives_a_sign_and_no_outage() {
    remote.answer(400, "{\"error\":{\"code\":\"data_inspection_failed\"}}");
    remote.answer(200, "{\"choices\":[{\"finish_reason\":\"content_filter\"}]}");

    ModelServer server = server(Protocol.OPENAI_CHAT);

    assertThat(server.infer(TestModels.encoded(new byte[] {1}))).isInstanceOf(Withheld.class);
    assertThat(server.infer(TestModels.encoded(new byte[] {1}))).isInstanceOf(Withheld.class);
  }

  private ModelServer server(Protocol protocol) {
    return new ServerAdapters(channels, http, InstantSource.system())
        .of("model", TestModels.settings(protocol, remote.url()), TestModels.NO_CREDENTIALS);
  }

  private static float[] scores(InferenceOutcome outcome, int row) {
    assertThat(outcome).isInstanceOf(Answered.class);
    return Objects.requireNonNull(((Answered) outcome).outputs().get("scores")).row(row).values();
  }
}
