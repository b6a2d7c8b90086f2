package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.ModelSettings.Protocol;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as model servers see it, and as they misuse it; on real ports. */
@Timeout(60)
class HttpCallsTest {

  private static final Duration SHORT = Duration.ofSeconds(2);

  private final HttpClient http = new InferenceConfig().modelHttp();
  private final GrpcChannels channels = new GrpcChannels();

  @AfterEach
  void close() {
    http.shutdownNow();
    channels.close();
  }

  @Test
  void a_request_has_a_length_and_wants_no_upgrade() {
    try (ScriptedHttpServer remote = new ScriptedHttpServer()) {
      remote.answer(200, "{}");

      var _ = server(remote.url(), TestModels.NO_CREDENTIALS).infer(TestModels.batch(2));

      ScriptedHttpServer.Heard heard = remote.heard.getFirst();
      assertThat(heard.header("Content-length"))
          .containsExactly(Integer.toString(heard.body().length));
      assertThat(heard.header("Transfer-encoding")).isEmpty();
      assertThat(heard.header("Upgrade")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_answer_that_never_ends_is_given_up_at_the_deadline(boolean dripping) throws IOException {
    try (EndlessHttpServer remote = new EndlessHttpServer(dripping)) {
      InferenceOutcome outcome = server(remote.url(), TestModels.NO_CREDENTIALS).infer(soon());

      assertThat(outcome)
          .isEqualTo(new Failed(Failed.Kind.TIMED_OUT, "TIMEOUT", "no answer in time"));
      await().until(remote::isLeft);
    }
  }

  @Test
  void an_answer_above_the_limit_is_not_read_to_its_end() {
    try (ScriptedHttpServer remote = new ScriptedHttpServer()) {
      remote.answer(200, Map.of(), new byte[(1 << 20) + 1]);

      assertThat(server(remote.url(), TestModels.NO_CREDENTIALS).infer(TestModels.batch(1)))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.code()).isEqualTo("ANSWER_TOO_LARGE"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Tue, 31 Dec 2999 23:59:59 GMT", "999999999999", "3601"})
  void nobody_is_left_alone_for_longer_than_an_hour(String asked) {
    try (ScriptedHttpServer remote = new ScriptedHttpServer()) {
      remote.answer(503, Map.of("Retry-After", asked), new byte[0]);

      assertThat(server(remote.url(), TestModels.NO_CREDENTIALS).infer(TestModels.batch(1)))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> assertThat(failed.retryAfter()).isEqualTo(Duration.ofHours(1)));
    }
  }

  @Test
  void a_token_that_never_comes_is_waited_for_once() throws IOException {
    try (EndlessHttpServer tokens = new EndlessHttpServer(true);
        ScriptedHttpServer remote = new ScriptedHttpServer()) {
      remote.answer(401, "{}");
      InstantSource still = InstantSource.fixed(Instant.now());
      Credentials credentials = new TokenSources(http, SHORT, still).of(tokens(tokens.url()));
      ModelServer server = new RenewingModelServer(server(remote.url(), credentials), credentials);

      InferenceOutcome outcome = server.infer(TestModels.batch(1));

      // Asked for a second time, the only connection would hang for longer than this test may.
      assertThat(outcome).isEqualTo(new Failed(Failed.Kind.MISCONFIGURED, "HTTP_401", "{}"));
      await().until(tokens::isLeft);
    }
  }

  private ModelServer server(String url, Credentials credentials) {
    return new ServerAdapters(channels, http, InstantSource.system())
        .of("model", TestModels.settings(Protocol.OIP_REST, url), credentials);
  }

  private static CredentialSettings tokens(String url) {
    return new CredentialSettings("Authorization", "Bearer", "", "", url, "id", "secret");
  }

  private static InferenceBatch soon() {
    return TestModels.batch(1).until(Instant.now().plus(SHORT));
  }
}
