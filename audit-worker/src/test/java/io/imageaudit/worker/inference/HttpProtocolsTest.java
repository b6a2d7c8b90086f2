package io.imageaudit.worker.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Withheld;
import io.imageaudit.worker.inference.ModelSettings.Protocol;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages as the protocols' own documents write them, on a real port. */
class HttpProtocolsTest {

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
  void an_open_inference_request_is_json_and_then_the_tensor() {
    byte[] header =
        """
        {"model_name":"served","model_version":"3","outputs":[{"name":"scores","datatype":"FP32",
        "shape":[2,2],"parameters":{"binary_data_size":16}}]}\
        """
            .getBytes(UTF_8);
    ByteBuffer body = ByteBuffer.allocate(header.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    body.put(header).putFloat(0.1f).putFloat(0.2f).putFloat(0.3f).putFloat(0.4f);
    remote.answer(200, Map.of(RestModelServer.HEADER_LENGTH, "" + header.length), body.array());

    InferenceOutcome outcome = server(Protocol.OIP_REST).infer(TestModels.batch(2));

    assertThat(scores(outcome, 1)).containsExactly(0.3f, 0.4f);
    ScriptedHttpServer.Heard heard = remote.heard.getFirst();
    assertThat(heard.path()).isEqualTo("/v2/models/served/infer");
    int length = Integer.parseInt(heard.header("Inference-header-content-length").getFirst());
    JsonNode json = JsonMapper.shared().readTree(Arrays.copyOfRange(heard.body(), 0, length));
    assertThat(json.at("/inputs/0/shape").toString()).isEqualTo("[2,3,1,2]");
    assertThat(json.at("/inputs/0/parameters/binary_data_size").asInt()).isEqualTo(48);
    assertThat(heard.body().length - length).isEqualTo(48);
    assertThat(ByteBuffer.wrap(heard.body()).order(ByteOrder.LITTLE_ENDIAN).getFloat(length + 44))
        .isEqualTo(11f);
  }

  @Test
  void an_open_inference_answer_may_be_plain_json() {
    remote.answer(
        200,
        """
        {"model_name":"served","outputs":[{"name":"scores","datatype":"FP32","shape":[1,2],
        "data":[0.25,0.75]}]}\
        """);

    assertThat(scores(server(Protocol.OIP_REST).infer(TestModels.batch(1)), 0))
        .containsExactly(0.25f, 0.75f);
  }

  @Test
  void a_tensor_that_claims_to_be_longer_than_the_answer_is_garbage() {
    remote.answer(
        200,
        """
        {"outputs":[{"name":"scores","datatype":"FP32","shape":[1,2],
        "parameters":{"binary_data_size":2000000000}}]}\
        """);

    assertThat(server(Protocol.OIP_REST).infer(TestModels.batch(1)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo("BAD_ANSWER"));
  }

  @Test
  void tensorflow_takes_rows_and_answers_rows() {
    remote.answer(200, "{\"predictions\": [[0.1, 0.9], [0.8, 0.2]]}");

    InferenceOutcome outcome = server(Protocol.TENSORFLOW_REST).infer(TestModels.batch(2));

    assertThat(scores(outcome, 1)).containsExactly(0.8f, 0.2f);
    assertThat(remote.heard.getFirst().path()).isEqualTo("/v1/models/served:predict");
    assertThat(JsonMapper.shared().readTree(remote.heard.getFirst().body()).toString())
        .startsWith("{\"instances\":[[[[0.0,1.0]],[[2.0,3.0]],[[4.0,5.0]]],");
  }

  @Test
  void tensorflow_with_several_outputs_answers_objects_and_may_say_nan() {
    remote.answer(200, "{\"predictions\": [{\"scores\": [0.1, 0.9], \"other\": [NaN]}]}");

    assertThat(scores(server(Protocol.TENSORFLOW_REST).infer(TestModels.batch(1)), 0))
        .containsExactly(0.1f, 0.9f);
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
  void a_provider_that_will_not_look_gives_a_sign_and_no_outage() {
    remote.answer(400, "{\"error\":{\"code\":\"data_inspection_failed\"}}");
    remote.answer(200, "{\"choices\":[{\"finish_reason\":\"content_filter\"}]}");

    ModelServer server = server(Protocol.OPENAI_CHAT);

    assertThat(server.infer(TestModels.encoded(new byte[] {1}))).isInstanceOf(Withheld.class);
    assertThat(server.infer(TestModels.encoded(new byte[] {1}))).isInstanceOf(Withheld.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED",
    "401, MISCONFIGURED",
    "403, MISCONFIGURED",
    "404, MISCONFIGURED",
    "413, REJECTED",
    "429, UNAVAILABLE",
    "500, FAULTY",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, TIMED_OUT"
  })
  void a_status_says_what_can_be_done(int status, Failed.Kind kind) {
    remote.answer(status, Map.of("Retry-After", "7"), new byte[0]);

    assertThat(server(Protocol.OIP_REST).infer(TestModels.batch(1)))
        .isEqualTo(new Failed(kind, "HTTP_" + status, "", Duration.ofSeconds(7)));
  }

  @Test
  void a_token_is_renewed_once_when_it_is_refused() {
    remote.answer(200, "{\"access_token\":\"old\"}");
    remote.answer(401, "{}");
    remote.answer(200, "{\"access_token\":\"new\"}");
    remote.answer(200, "{\"predictions\": [[0.1, 0.9]]}");
    Credentials credentials =
        new TokenSources(http, Duration.ofSeconds(5), InstantSource.system())
            .of(
                new CredentialSettings(
                    "Authorization", "Bearer", "", "", remote.url() + "/token", "id", "s&cret"));
    ModelServer server =
        new RenewingModelServer(server(Protocol.TENSORFLOW_REST, credentials), credentials);

    assertThat(server.infer(TestModels.batch(1))).isInstanceOf(Answered.class);

    assertThat(remote.heard)
        .extracting(ScriptedHttpServer.Heard::path)
        .containsExactly(
            "/token", "/v1/models/served:predict", "/token", "/v1/models/served:predict");
    assertThat(new String(remote.heard.get(0).body(), UTF_8)).contains("client_secret=s%26cret");
    assertThat(remote.heard.get(1).header("Authorization")).containsExactly("Bearer old");
    assertThat(remote.heard.get(3).header("Authorization")).containsExactly("Bearer new");
  }

  @Test
  void a_server_that_is_not_there_is_away() {
    remote.close();

    assertThat(server(Protocol.OIP_REST).infer(TestModels.batch(1)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Failed.Kind.UNAVAILABLE));
  }

  private ModelServer server(Protocol protocol) {
    return server(protocol, TestModels.NO_CREDENTIALS);
  }

  private ModelServer server(Protocol protocol, Credentials credentials) {
    return new ServerAdapters(channels, http, InstantSource.system())
        .of("model", TestModels.settings(protocol, remote.url()), credentials);
  }

  private static float[] scores(InferenceOutcome outcome, int row) {
    assertThat(outcome).isInstanceOf(Answered.class);
    return Objects.requireNonNull(((Answered) outcome).outputs().get("scores")).row(row).values();
  }
}
