package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.grpc.Status;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.image.Placement;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarded way to a real gRPC server, with everything that can go wrong on it. */
class GrpcModelServerTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final InstantSource clock = InstantSource.system();
  private final FaultyModelServer remote = new FaultyModelServer();
  private final GrpcChannels channels = new GrpcChannels();
  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "demo",
          CircuitBreakerConfig.custom().slidingWindowSize(4).minimumNumberOfCalls(4).build());

  @AfterEach
  void close() {
    channels.close();
    remote.close();
  }

  @Test
  void a_batch_travels_as_raw_contents_and_comes_back_by_name() {
    remote.score(0.1f, 0.2f, 0.3f, 0.4f);

    InferenceOutcome outcome = guarded(LIMIT).infer(batch(2, LIMIT));

    assertThat(outcome).isInstanceOf(Answered.class);
    Answered answer = (Answered) outcome;
    assertThat(answer.version()).isEqualTo("7");
    assertThat(scores(answer, 1)).containsExactly(0.1f, 0.2f, 0.3f, 0.4f);
    ModelInferRequest request = remote.requests().getFirst();
    assertThat(request.getModelName()).isEqualTo("demo");
    assertThat(request.getInputs(0).getShapeList()).containsExactly(2L, 3L, 2L, 2L);
    assertThat(request.getRawInputContents(0).size()).isEqualTo(2 * 3 * 2 * 2 * 4);
    assertThat(
            request
                .getRawInputContents(0)
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat(48))
        .isEqualTo(1f);
    assertThat(request.getParametersOrThrow("timeout").getInt64Param()).isPositive();
  }

  @Test
  void typed_contents_are_read_like_raw_ones() {
    remote.score(0.5f, 0.25f, 0f, 1f);
    remote.answerTyped();

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT)))
        .isInstanceOfSatisfying(
            Answered.class,
            answer -> assertThat(scores(answer, 0)).containsExactly(0.5f, 0.25f, 0f, 1f));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED", "DEADLINE_EXCEEDED"})
  void what_passes_by_itself_is_tried_again(Status.Code code) {
    remote.fail(Status.fromCode(code), 2);

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT))).isInstanceOf(Answered.class);
    assertThat(remote.requests()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, REJECTED",
    "OUT_OF_RANGE, REJECTED",
    "NOT_FOUND, MISCONFIGURED",
    "UNIMPLEMENTED, MISCONFIGURED",
    "FAILED_PRECONDITION, MISCONFIGURED",
    "UNAUTHENTICATED, MISCONFIGURED",
    "PERMISSION_DENIED, MISCONFIGURED"
  })
  void what_stays_wrong_is_not_tried_again(Status.Code code, Failed.Kind kind) {
    remote.fail(Status.fromCode(code), 9);

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT)))
        .isEqualTo(new Failed(kind, code.name(), "as told"));
    assertThat(remote.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"INTERNAL", "UNKNOWN", "DATA_LOSS"})
  void what_breaks_the_server_is_tried_once_more(Status.Code code) {
    remote.fail(Status.fromCode(code), 9);

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT)))
        .isEqualTo(new Failed(Failed.Kind.FAULTY, code.name(), "as told"));
    assertThat(remote.requests()).hasSize(2);
  }

  @Test
  void a_server_that_hangs_is_not_waited_for_longer_than_the_limit() {
    remote.hang();
    Instant start = clock.instant();

    InferenceOutcome outcome = guarded(Duration.ofMillis(300)).infer(batch(1, LIMIT));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Failed.Kind.TIMED_OUT));
    assertThat(Duration.between(start, clock.instant())).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void past_the_deadline_nothing_is_sent() {
    assertThat(guarded(LIMIT).infer(batch(1, Duration.ZERO)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Failed.Kind.NOT_TRIED));
    assertThat(remote.requests()).isEmpty();
  }

  @Test
  void a_server_that_fails_too_often_is_left_alone() {
    remote.fail(Status.UNAVAILABLE, 100);
    ModelServer server = guarded(LIMIT);

    server.infer(batch(1, LIMIT));
    server.infer(batch(1, LIMIT));
    int asked = remote.requests().size();

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(server.infer(batch(1, LIMIT)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo("BREAKER_OPEN"));
    assertThat(remote.requests()).hasSize(asked);
  }

  @Test
  void an_answer_for_another_number_of_pictures_is_garbage() {
    remote.distort(answer -> {
      var changed = answer.toBuilder();
      changed.getOutputsBuilder(0).setShape(0, 3);
      return changed.build();
    });

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.code()).isEqualTo("BAD_ANSWER"));
  }

  @Test
  void a_wait_that_would_outlast_the_batch_is_not_begun() {
    remote.fail(Status.UNAVAILABLE, 9);
    remote.pushBack("60000");

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT)))
        .isEqualTo(
            new Failed(Failed.Kind.UNAVAILABLE, "UNAVAILABLE", "as told", Duration.ofSeconds(60)));
    assertThat(remote.requests()).hasSize(1);
  }

  @Test
  void a_server_that_asks_for_a_short_pause_is_tried_again_after_it() {
    remote.fail(Status.UNAVAILABLE, 1);
    remote.pushBack("20");

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT))).isInstanceOf(Answered.class);
    assertThat(remote.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "never"})
  void a_server_may_ask_not_to_be_tried_again(String pushback) {
    remote.fail(Status.UNAVAILABLE, 9);
    remote.pushBack(pushback);

    assertThat(guarded(LIMIT).infer(batch(1, LIMIT)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Failed.Kind.UNAVAILABLE));
    assertThat(remote.requests()).hasSize(1);
  }

  @Test
  void a_batch_that_is_too_large_for_the_server_is_refused_and_no_overload() {
    remote.goAway();
    remote.takeAtMost(500);
    remote.comeBack();

    assertThat(guarded(LIMIT).infer(batch(16, LIMIT)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Failed.Kind.REJECTED));
    assertThat(guarded(LIMIT).infer(batch(1, LIMIT))).isInstanceOf(Answered.class);
  }

  @Test
  void a_batch_whose_answer_is_too_large_for_us_is_refused_and_no_overload() {
    remote.score(new float[50_000]);

    assertThat(guarded(LIMIT).infer(batch(16, LIMIT)))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Failed.Kind.REJECTED));
    assertThat(guarded(LIMIT).infer(batch(1, LIMIT))).isInstanceOf(Answered.class);
  }

  private static float[] scores(Answered answer, int row) {
    return Objects.requireNonNull(answer.outputs().get("scores")).row(row).values();
  }

  private ModelServer guarded(Duration limit) {
    ModelSettings model = settings(limit);
    Guards guards =
        new Guards(
            CircuitBreakerRegistry.of(CircuitBreakerConfig.ofDefaults()),
            RetryRegistry.of(
                Map.of(
                    Guards.SHARED,
                    RetryConfig.custom()
                        .maxAttempts(3)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(5, 2))
                        .build())),
            RateLimiterRegistry.of(RateLimiterConfig.ofDefaults()),
            BulkheadRegistry.ofDefaults());
    ModelServer server =
        new GrpcModelServer(
            new GrpcCalls(channels.to(model), TestModels.NO_CREDENTIALS, clock), "demo", model);
    server = new BreakingModelServer(server, breaker, limit.dividedBy(2), clock);
    server = guards.retried("demo", server, clock);
    return new DeadlinedModelServer(server, limit, clock);
  }

  private ModelSettings settings(Duration limit) {
    return SettingsText.bind(
        """
        endpoint: %s
        call-timeout: %dms
        input: {width: 2, height: 2}
        output: {tensor: scores}
        labels: [a, b, c, d]
        categories: {a: adult.explicit}
        max-message: 1000000
        """
            .formatted(remote.endpoint(), limit.toMillis()),
        ModelSettings.class);
  }

  private InferenceBatch batch(int size, Duration left) {
    List<Prepared> items = new java.util.ArrayList<>();
    for (int item = 0; item < size; item++) {
      ByteBuffer data = ByteBuffer.allocateDirect(48).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < 12; at++) {
        data.putFloat(at * 4, item);
      }
      items.add(new Prepared(data, List.of(3, 2, 2), new Placement(2, 2, 1, 1, 0, 0), () -> {}));
    }
    return new InferenceBatch(items, clock.instant().plus(left), TraceParent.start(new Random(1)));
  }
}
