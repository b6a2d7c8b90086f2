package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.inference.oip.ModelInferResponse.InferOutputTensor;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.TestDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole model, from picture to detections, at a server that does what it should not. */
class FaultsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final FaultyModelServer remote = new FaultyModelServer();
  private final GrpcChannels channels = new GrpcChannels();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    channels.close();
    remote.close();
  }

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void no_status_is_ever_taken_for_an_answer(Status.Code code) {
    remote.fail(Status.fromCode(code), Integer.MAX_VALUE);

    assertThat(look("")).isInstanceOf(LookOutcome.NotLooked.class);
    assertThat(meters.get("image.audit.inference").tag("outcome", GrpcFaults.kind(code).name()))
        .satisfies(timer -> assertThat(timer.timer().count()).isPositive());
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void nonsense_is_never_taken_for_an_answer(
      String what, UnaryOperator<ModelInferResponse> distortion) {
    remote.distort(distortion);

    assertThat(look(""))
        .as(what)
        .isInstanceOfSatisfying(
            LookOutcome.NotLooked.class,
            not -> {
              assertThat(not.code()).isEqualTo("BAD_ANSWER");
              assertThat(not.hope()).isEqualTo(Hope.LATER);
            });
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(
        distorted("nothing", answer -> answer.clearOutputs().clearRawOutputContents()),
        distorted("no contents", ModelInferResponse.Builder::clearRawOutputContents),
        distorted("cut off", answer -> answer.setRawOutputContents(0, bytes(15))),
        distorted("too long", answer -> answer.setRawOutputContents(0, bytes(4000))),
        distorted("other rows", answer -> shape(answer, 2, 2)),
        distorted(
            "other width",
            answer -> {
              shape(answer, 1, 3);
              answer.setRawOutputContents(0, bytes(12));
            }),
        distorted("huge shape", answer -> shape(answer, 1, 1L << 40)),
        distorted("overflow", answer -> shape(answer, 1, 1 << 30, 1 << 30, 1 << 30)),
        distorted("negative", answer -> shape(answer, 1, -4)),
        distorted("text", answer -> answer.getOutputsBuilder(0).setDatatype("BYTES")),
        distorted("other name", answer -> answer.getOutputsBuilder(0).setName("else")),
        // 0xffffffff is not a number.
        distorted("NaN", answer -> answer.setRawOutputContents(0, full((byte) 0xff))),
        // 0x7f7f7f7f is a number far above 1.
        distorted("no probability", answer -> answer.setRawOutputContents(0, full((byte) 0x7f))));
  }

  @Test
  void outputs_that_are_not_read_cannot_spoil_an_answer() {
    remote.distort(answer ->
        answer.toBuilder()
            .addOutputs(
                InferOutputTensor.newBuilder().setName("words").setDatatype("BYTES").addShape(9))
            .addRawOutputContents(bytes(3))
            .build());

    assertThat(look("")).isInstanceOf(LookOutcome.Looked.class);
  }

  @Test
  void a_token_that_expires_is_renewed_once_over_grpc() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "old");
    remote.accept("Bearer old");
    Models models = models("credentials: {token-file: %s}".formatted(token));
    assertThat(look(models)).isInstanceOf(LookOutcome.Looked.class);

    remote.accept("Bearer new");
    Files.writeString(token, "new");

    assertThat(look(models)).isInstanceOf(LookOutcome.Looked.class);
    remote.accept("Bearer newest");
    assertThat(look(models))
        .isEqualTo(new LookOutcome.NotLooked("UNAUTHENTICATED", "token expired", Hope.LATER));
  }

  @Test
  void a_server_that_is_slow_is_given_up_and_the_picture_may_be_shown_again() {
    remote.takeTime(Duration.ofMillis(700));

    assertThat(look("call-timeout: 200ms"))
        .isInstanceOfSatisfying(
            LookOutcome.NotLooked.class, not -> assertThat(not.hope()).isEqualTo(Hope.SOON));
    assertThat(look("call-timeout: 2s")).isInstanceOf(LookOutcome.Looked.class);
  }

  @Test
  void a_server_that_asks_to_be_left_alone_is_not_asked_about_the_next_picture_either() {
    remote.fail(Status.UNAVAILABLE, 9);
    remote.pushBack("60000");
    Models models = models("");

    assertThat(look(models))
        .isEqualTo(new LookOutcome.NotLooked("UNAVAILABLE", "as told", Hope.SOON));
    assertThat(look(models))
        .isInstanceOfSatisfying(
            LookOutcome.NotLooked.class,
            not -> {
              assertThat(not.code()).isEqualTo("RESTING");
              assertThat(not.hope()).isEqualTo(Hope.SOON);
            });
    assertThat(remote.requests()).hasSize(1);
  }

  private LookOutcome look(String settings) {
    return look(models(settings));
  }

  private LookOutcome look(Models models) {
    return models
        .named("demo")
        .look(TestDecoder.gray(8), Instant.now().plus(LIMIT), TraceParent.start(new Random(1)));
  }

  private Models models(String settings) {
    String all =
        """
        endpoint: %s
        input: {width: 2, height: 2}
        output: {tensor: scores}
        labels: [a, b, c, d]
        %s
        """
            .formatted(remote.endpoint(), settings);
    return TestGuards.models("models:\n  demo:\n" + all.indent(4), channels, meters);
  }

  private static Arguments distorted(String what, Distortion change) {
    UnaryOperator<ModelInferResponse> distortion =
        answer -> {
          ModelInferResponse.Builder builder = answer.toBuilder();
          change.of(builder);
          return builder.build();
        };
    return Arguments.of(what, distortion);
  }

  private static void shape(ModelInferResponse.Builder answer, long... sides) {
    answer.getOutputsBuilder(0).clearShape();
    for (long side : sides) {
      answer.getOutputsBuilder(0).addShape(side);
    }
  }

  private static ByteString bytes(int count) {
    return ByteString.copyFrom(new byte[count]);
  }

  private static ByteString full(byte each) {
    byte[] content = new byte[16];
    java.util.Arrays.fill(content, each);
    return ByteString.copyFrom(content);
  }

  /** A change that makes no sense. */
  private interface Distortion {
    void of(ModelInferResponse.Builder answer);
  }
}
