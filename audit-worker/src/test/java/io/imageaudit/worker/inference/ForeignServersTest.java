package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferRequest.InferInputTensor;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.image.Placement;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are not ours: what they said, as {@code recorded/README.md} tells. */
class ForeignServersTest {

  private static final Path RECORDED = Path.of("src/test/resources/recorded");
  private final FaultyModelServer ours = new FaultyModelServer();
  private final GrpcChannels channels = new GrpcChannels();

  @AfterEach
  void close() {
    channels.close();
    ours.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"triton", "mlserver"})
  void an_answer_is_read(String server) throws IOException {
    ModelInferResponse answer = ModelInferResponse.parseFrom(file(server + "-answer.bin"));

    requireMeans(OipAnswers.read(answer, 2, "scores"));
  }

  @Test
  void an_answer_over_http_is_read() throws IOException {
    requireMeans(RestAnswers.read(file("triton-rest-answer-140.bin"), 140, 2, "scores"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"triton", "mlserver"})
  void a_request_says_what_their_own_client_says(String server) throws IOException {
    ModelInferRequest theirs = ModelInferRequest.parseFrom(file(server + "-request.bin"));

    var _ = server(ours.endpoint()).infer(twoPictures());

    ModelInferRequest mine = ours.requests().getFirst();
    InferInputTensor input = mine.getInputs(0);
    assertThat(mine.getModelName()).isEqualTo(theirs.getModelName());
    assertThat(input).isEqualTo(theirs.getInputs(0));
    assertThat(mine.getRawInputContents(0)).isEqualTo(theirs.getRawInputContents(0));
    assertThat(mine.getOutputsList()).isEqualTo(theirs.getOutputsList());
    assertThat(mine.getParametersMap().keySet()).isEqualTo(theirs.getParametersMap().keySet());
    assertThat(mine.getParametersOrThrow("timeout").hasInt64Param()).isTrue();
    assertThat(mine.getUnknownFields()).isEqualTo(theirs.getUnknownFields());
  }

  @ParameterizedTest
  @CsvSource({
    "triton-unknown-model, MISCONFIGURED",
    "mlserver-unknown-model, MISCONFIGURED",
    "triton-wrong-shape, REJECTED"
  })
  void a_refusal_is_understood(String refusal, Failed.Kind kind) throws IOException {
    String code = Files.readAllLines(RECORDED.resolve(refusal + ".txt")).getFirst();

    assertThat(GrpcFaults.kind(Status.Code.valueOf(code))).isEqualTo(kind);
  }

  @Test
  @EnabledIfSystemProperty(named = "image-audit.test.oip-grpc", matches = ".+")
  void a_running_server_answers() {
    String endpoint = Objects.requireNonNull(System.getProperty("image-audit.test.oip-grpc"));

    requireMeans(server(endpoint).infer(twoPictures()));
  }

  private GrpcModelServer server(String endpoint) {
    ModelSettings model =
        SettingsText.bind(
            """
            {endpoint: "%s", output: {tensor: scores}, labels: [r, g, b, all]}
            """
                .formatted(endpoint),
            ModelSettings.class);
    return new GrpcModelServer(
        new GrpcCalls(channels.to(model), TestModels.NO_CREDENTIALS, InstantSource.system()),
        "demo",
        model);
  }

  private static void requireMeans(InferenceOutcome outcome) {
    assertThat(outcome).isInstanceOf(Answered.class);
    OutputTensor scores = Objects.requireNonNull(((Answered) outcome).outputs().get("scores"));
    assertThat(scores.shape()).containsExactly(2L, 4L);
    // Means of four numbers in a row each: 1.5/24, 5.5/24 and so on.
    float[] means = {1.5f, 5.5f, 9.5f, 5.5f, 13.5f, 17.5f, 21.5f, 17.5f};
    for (int at = 0; at < means.length; at++) {
      assertThat(scores.values()[at]).isCloseTo(means[at] / 24, within(1e-6f));
    }
  }

  private static InferenceBatch twoPictures() {
    List<Prepared> items = new ArrayList<>();
    for (int item = 0; item < 2; item++) {
      ByteBuffer data = ByteBuffer.allocateDirect(48).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < 12; at++) {
        data.putFloat(at * 4, (item * 12 + at) / 24f);
      }
      items.add(new Prepared(data, List.of(3, 2, 2), new Placement(2, 2, 1, 1, 0, 0), () -> {}));
    }
    return new InferenceBatch(
        items, Instant.now().plusSeconds(10), io.imageaudit.model.TraceParent.start(new Random(1)));
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(RECORDED.resolve(name));
  }
}
