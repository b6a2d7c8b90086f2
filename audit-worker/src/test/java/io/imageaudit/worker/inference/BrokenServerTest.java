package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.Status;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.TestDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether it is a picture or the server that is broken, at a server on a real port. */
class BrokenServerTest {

  private static final int PICTURES = 9;
  private static final int BRIGHT = 255;
  private static final Duration WHILE_MORE_COME = Duration.ofMillis(100);

  private final FaultyModelServer remote = new FaultyModelServer();
  private final GrpcChannels channels = new GrpcChannels();
  private final Guards guards = TestGuards.guards();
  private final CircuitBreaker breaker = guards.breaker("demo");
  private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
  private final Model model =
      TestGuards.models(
              """
              models:
                demo:
                  endpoint: "%s"
                  input: {width: 2, height: 2}
                  output: {tensor: scores}
                  batch: {in-flight: 1, max-in-flight: 1, linger: 0s}
                  labels: [a, b, c, d]
              """
                  .formatted(remote.endpoint()),
              channels,
              new SimpleMeterRegistry(),
              guards)
          .named("demo");

  @AfterEach
  void close() {
    askers.close();
    model.close();
    channels.close();
    remote.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"INTERNAL", "UNKNOWN", "DATA_LOSS"})
  void a_server_that_breaks_over_every_picture_is_worth_waiting_for_and_is_left_alone(
      Status.Code code) {
    remote.takeTime(WHILE_MORE_COME);
    remote.fail(Status.fromCode(code), Integer.MAX_VALUE);

    List<LookOutcome> looks = lookAtManyTogether();

    assertThat(looks)
        .filteredOn(look -> hope(look) == Hope.SOON)
        .hasSizeGreaterThanOrEqualTo(PICTURES - 1); // The first one may have gone alone.
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isPositive();
    assertThat(breaker.getMetrics().getNumberOfSuccessfulCalls()).isZero();
  }

  @Test
  void a_server_that_breaks_over_one_picture_may_show_it_another_time_and_is_not_to_blame() {
    remote.fail(Status.INTERNAL, Integer.MAX_VALUE);

    assertThat(hope(look(0))).isEqualTo(Hope.LATER);
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
  }

  @Test
  void a_picture_that_breaks_its_batch_is_found_and_the_server_is_not_to_blame() {
    remote.poison(BrokenServerTest::showsSomethingBright);
    remote.takeTime(WHILE_MORE_COME);
    Future<LookOutcome> alone = askers.submit(() -> look(0));
    Future<LookOutcome> poisoned = askers.submit(() -> look(BRIGHT));

    List<LookOutcome> looks = lookAtManyTogether();

    assertThat(looks).allSatisfy(look -> assertThat(look).isInstanceOf(LookOutcome.Looked.class));
    assertThat(ended(alone)).isInstanceOf(LookOutcome.Looked.class);
    assertThat(hope(ended(poisoned))).isEqualTo(Hope.LATER);
    assertThat(breaker.getMetrics().getNumberOfFailedCalls()).isZero();
  }

  @Test
  void a_server_that_refuses_every_picture_is_asked_again_when_somebody_has_put_it_right() {
    remote.takeTime(WHILE_MORE_COME);
    remote.fail(Status.INVALID_ARGUMENT, Integer.MAX_VALUE);

    assertThat(lookAtManyTogether())
        .filteredOn(look -> hope(look) == Hope.LATER)
        .hasSizeGreaterThanOrEqualTo(PICTURES - 1);
  }

  private List<LookOutcome> lookAtManyTogether() {
    return IntStream.range(0, PICTURES)
        .mapToObj(_ -> askers.submit(() -> look(0)))
        .toList()
        .stream()
        .map(BrokenServerTest::ended)
        .toList();
  }

  private LookOutcome look(int brightness) {
    return model.look(
        TestDecoder.gray(8, brightness),
        Instant.now().plusSeconds(20),
        TraceParent.start(new Random(1)));
  }

  private static boolean showsSomethingBright(ModelInferRequest batch) {
    var pixels = batch.getRawInputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    while (pixels.hasRemaining()) {
      if (pixels.getFloat() > 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Hope hope(LookOutcome look) {
    return look instanceof LookOutcome.NotLooked not ? not.hope() : null;
  }

  private static LookOutcome ended(Future<LookOutcome> look) {
    try {
      return look.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
