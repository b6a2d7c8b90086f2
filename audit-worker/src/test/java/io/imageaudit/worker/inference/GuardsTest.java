package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.imageaudit.worker.inference.InferenceOutcome.Answered;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.ModelSettings.Protocol;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guards around a model server let through; the servers are real. */
@Timeout(60)
class GuardsTest {

  private static final String SCORES = "{\"predictions\": [[0.1, 0.9]]}";

  private final ScriptedHttpServer remote = new ScriptedHttpServer();
  private final HttpClient http = new InferenceConfig().modelHttp();
  private final GrpcChannels channels = new GrpcChannels();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final InstantSource clock = now::get;

  @AfterEach
  void close() {
    remote.close();
    http.shutdownNow();
    channels.close();
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "86400, 60"})
  void a_server_is_left_alone_as_long_as_it_asks_but_not_for_ever(String asked, int seconds) {
    remote.answer(503, Map.of("Retry-After", asked), new byte[0]);
    remote.answer(200, SCORES);
    ModelServer server = new RestingModelServer(adapter(remote.url()), clock);
    assertThat(kind(server.infer(TestModels.batch(1)))).isEqualTo(Failed.Kind.UNAVAILABLE);

    now.updateAndGet(time -> time.plusSeconds(seconds).minusMillis(1));
    assertThat(server.infer(TestModels.batch(1)))
        .isEqualTo(
            new Failed(
                Failed.Kind.NOT_TRIED,
                "RESTING",
                "the model server asked to be left alone",
                Duration.ofMillis(1)));
    assertThat(remote.heard).hasSize(1);

    now.updateAndGet(time -> time.plusMillis(1));
    assertThat(server.infer(TestModels.batch(1))).isInstanceOf(Answered.class);
  }

  @Test
  void a_server_that_does_not_answer_in_a_hurry_is_not_taken_for_away() throws Exception {
    CircuitBreaker breaker = opensAfterOne();
    try (EndlessHttpServer endless = new EndlessHttpServer(false)) {
      ModelServer server =
          new BreakingModelServer(
              adapter(endless.url()), breaker, Duration.ofHours(1), InstantSource.system());

      InferenceOutcome outcome = server.infer(within(Duration.ofSeconds(2)));

      assertThat(kind(outcome)).isEqualTo(Failed.Kind.TIMED_OUT);
      assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }
  }

  @Test
  void a_server_that_had_its_time_and_did_not_answer_is_away() throws Exception {
    CircuitBreaker breaker = opensAfterOne();
    try (EndlessHttpServer endless = new EndlessHttpServer(false)) {
      ModelServer server =
          new BreakingModelServer(
              adapter(endless.url()), breaker, Duration.ofMillis(1), InstantSource.system());

      InferenceOutcome outcome = server.infer(within(Duration.ofSeconds(2)));

      assertThat(kind(outcome)).isEqualTo(Failed.Kind.TIMED_OUT);
      assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    }
  }

  @Test
  void a_probe_that_breaks_the_worker_itself_gives_its_permission_back() {
    CircuitBreaker breaker = opensAfterOne();
    breaker.transitionToOpenState();
    breaker.transitionToHalfOpenState();
    ModelServer broken =
        new BreakingModelServer(
            _ -> {
              throw new StackOverflowError("as told");
            },
            breaker,
            Duration.ofSeconds(1),
            clock);

    assertThatThrownBy(() -> broken.infer(TestModels.batch(1)))
        .isInstanceOf(StackOverflowError.class);

    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  @Test
  void a_turn_that_comes_after_the_deadline_is_not_waited_for() {
    remote.answer(200, SCORES);
    RateLimiter hourly =
        RateLimiter.of(
            "demo",
            RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofHours(1))
                .timeoutDuration(Duration.ofHours(2))
                .build());
    ModelServer server =
        new ThrottledModelServer(adapter(remote.url()), hourly, InstantSource.system());
    assertThat(server.infer(TestModels.batch(1))).isInstanceOf(Answered.class);

    assertThat(server.infer(TestModels.batch(1)))
        .isEqualTo(
            new Failed(Failed.Kind.NOT_TRIED, "RATE_LIMITED", "no more calls in this period"));
    assertThat(remote.heard).hasSize(1);
  }

  @Test
  void what_an_adapter_throws_is_a_failed_call() {
    Credentials unspeakable =
        new TokenCredentials("Authorization", "", () -> "two\nlines", InstantSource.system());
    ModelServer server = adapter(remote.url(), unspeakable);

    assertThat(kind(server.infer(TestModels.batch(1)))).isEqualTo(Failed.Kind.FAULTY);
  }

  private ModelServer adapter(String url) {
    return adapter(url, TestModels.NO_CREDENTIALS);
  }

  private ModelServer adapter(String url, Credentials credentials) {
    return new ServerAdapters(channels, http, InstantSource.system())
        .of("model", TestModels.settings(Protocol.TENSORFLOW_REST, url), credentials);
  }

  private static CircuitBreaker opensAfterOne() {
    return CircuitBreaker.of(
        "demo",
        CircuitBreakerConfig.custom()
            .slidingWindowSize(1)
            .minimumNumberOfCalls(1)
            .permittedNumberOfCallsInHalfOpenState(1)
            .build());
  }

  private static InferenceBatch within(Duration time) {
    return TestModels.batch(1).until(Instant.now().plus(time));
  }

  private static Failed.Kind kind(InferenceOutcome outcome) {
    assertThat(outcome).isInstanceOf(Failed.class);
    return ((Failed) outcome).kind();
  }
}
