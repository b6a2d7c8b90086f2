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
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"predictions\": {\"a\": 1}}",
        "{\"predictions\": [[0.1, 0.9, 0.5, 0.5]], \"x\": 1",
        "{\"predictions\": [[[0.1], [0.9, 0.3]]]}",
        "{\"predictions\": [[0.1, [0.9]]]}",
        "{\"predictions\": [[0.1, \"0.9\"]]}",
        "{\"predictions\": [[]]}",
        "{\"predictions\": 1}",
        "[]"
      })
  void tensorflow_rows_that_make_no_sense_are_garbage(String answer) {
    remote.answer(200, answer);

    InferenceOutcome outcome = server(Protocol.TENSORFLOW_REST).infer(TestModels.batch(1));

    assertThat(isGarbage(outcome)).as(outcome.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "99999999999999999999", "1"})
  void a_header_length_that_makes_no_sense_is_garbage(String length) {
    remote.answer(200, Map.of(RestModelServer.HEADER_LENGTH, length), "{}".getBytes(UTF_8));

    InferenceOutcome outcome = server(Protocol.OIP_REST).infer(TestModels.batch(1));

    assertThat(isGarbage(outcome)).as(outcome.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[0.25, 0.75], [0.5]]", "[[0.25], [0.75]]", "[0.25, [0.75]]"})
  void an_open_inference_answer_in_another_shape_than_it_says_is_garbage(String data) {
    remote.answer(
        200,
        "{\"outputs\":[{\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":[1,2],\"data\":%s}]}"
            .formatted(data));

    InferenceOutcome outcome = server(Protocol.OIP_REST).infer(TestModels.batch(1));

    assertThat(isGarbage(outcome)).as(outcome.toString()).isTrue();
  }

  @Test
  void outputs_that_are_not_read_cannot_spoil_an_open_inference_answer() {
    byte[] header =
        """
        {"outputs":[{"name":"words","datatype":"BYTES","shape":[3],
        "parameters":{"binary_data_size":5}},{"name":"scores","datatype":"FP32","shape":[1,2],
        "parameters":{"binary_data_size":8}}]}\
        """
            .getBytes(UTF_8);
    ByteBuffer body = ByteBuffer.allocate(header.length + 13).order(ByteOrder.LITTLE_ENDIAN);
    body.put(header).put(new byte[5]).putFloat(0.1f).putFloat(0.2f);
    remote.answer(200, Map.of(RestModelServer.HEADER_LENGTH, "" + header.length), body.array());

    assertThat(scores(server(Protocol.OIP_REST).infer(TestModels.batch(1)), 0))
        .containsExactly(0.1f, 0.2f);
  }

  @Test
  void outputs_that_are_not_read_cannot_spoil_a_tensorflow_answer() {
    remote.answer(200, "{\"predictions\": [{\"scores\": [0.1, 0.9], \"class\": \"cat\"}]}");

    assertThat(scores(server(Protocol.TENSORFLOW_REST).infer(TestModels.batch(1)), 0))
        .containsExactly(0.1f, 0.9f);
  }

  @Test
  void tensorflow_with_several_outputs_answers_objects_and_may_say_nan() {
    remote.answer(200, "{\"predictions\": [{\"scores\": [0.1, 0.9], \"other\": [NaN]}]}");

    assertThat(scores(server(Protocol.TENSORFLOW_REST).infer(TestModels.batch(1)), 0))
        .containsExactly(0.1f, 0.9f);
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED",
    "401, MISCONFIGURED",
    "403, MISCONFIGURED",
    "404, MISCONFIGURED",
    "413, REJECTED",
    "429, UNAVAILABLE",
    "499, UNAVAILABLE",
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

  /** What cannot be read, or can and is not what a decoder expects of two labels. */
  private static boolean isGarbage(InferenceOutcome outcome) {
    return switch (outcome) {
      case Failed failed -> failed.code().equals("BAD_ANSWER");
      case Withheld _ -> false;
      case Answered answer ->
          answer.outputs().values().stream()
              .noneMatch(tensor -> tensor.row(0).values().length == 2);
    };
  }

  private static float[] scores(InferenceOutcome outcome, int row) {
    assertThat(outcome).isInstanceOf(Answered.class);
    return Objects.requireNonNull(((Answered) outcome).outputs().get("scores")).row(row).values();
  }
}
