package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.test.RealServers;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/** A broker that takes nothing, and a database that goes away. */
@GatewayTest
@TestPropertySource(
    properties = {
      "spring.kafka.producer.bootstrap-servers=localhost:1",
      "image-audit.quota.rate=1",
      "image-audit.quota.burst=80",
      "image-audit.quota.shared=postgresql",
    })
@ContextConfiguration(initializers = {RealServers.class, IntakeServer.class, WiredDatabase.class})
class AwayIT {

  private static final Duration SOON = Duration.ofSeconds(2);

  private final Door door;
  private final Wire database;
  private final JdbcClient rows;

  AwayIT(Door door, Wire database, JdbcClient rows) {
    this.door = door;
    this.database = database;
    this.rows = rows;
  }

  @AfterEach
  void mend() {
    database.mend();
  }

  @Test
  void nothing_is_accepted_and_the_client_hears_so_soon() {
    String reference = "away-" + UUID.randomUUID();
    assertThat(quickestOf(3, () -> assertNotAccepted(door.submit(body(reference)))))
        .isLessThan(SOON);
    assertThat(found(reference)).isZero();
  }

  @Test
  void with_a_key_the_repetition_meets_the_same_audit() {
    String reference = "key-" + UUID.randomUUID();
    for (int attempt = 0; attempt < 2; attempt++) {
      Answer answer =
          door.send(door.json("/v1/audits", body(reference)).header("Idempotency-Key", reference));
      assertThat(answer.status()).isEqualTo(503);
    }
    assertThat(found(reference)).isEqualTo(1);
  }

  @Test
  void with_a_key_a_repetition_that_comes_too_late_makes_another_audit() {
    String reference = "late-" + UUID.randomUUID();
    HttpRequest.Builder request =
        door.json(
                "/v1/audits",
                "{\"image_url\": \"https://shop.example/k.jpg\", \"reference\": \"%s\", \"timeout_sec\": 3}"
                    .formatted(reference))
            .header("Idempotency-Key", reference);
    assertNotAccepted(door.send(request));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          assertNotAccepted(door.send(request));
          return found(reference) == 2;
        });
  }

  @Test
  void a_batch_is_told_as_soon_as_a_single_image() {
    HttpRequest.Builder request = door.json("/v1/audits/batch", batch(5));
    assertThat(quickestOf(3, () -> assertNotAccepted(door.send(request)))).isLessThan(SOON);
  }

  @Test
  void calls_end_soon_with_503_while_the_database_is_away_and_go_on_afterwards() {
    assertThat(door.get("/v1/audits").status()).isEqualTo(200);
    database.cut();
    assertAway();
    database.mend();
    await().atMost(Duration.ofSeconds(20)).until(() -> door.get("/v1/audits").status() == 200);
    database.silence();
    assertAway();
    database.mend();
    await().atMost(Duration.ofSeconds(20)).until(() -> door.get("/v1/audits").status() == 200);
  }

  private void assertAway() {
    HttpRequest.Builder submission = door.json("/v1/audits", body("no-database"));
    assertThat(quickestOf(3, () -> assertNotAccepted(door.send(submission)))).isLessThan(SOON);
    for (HttpRequest.Builder request :
        List.of(
            door.request("/v1/audits"),
            door.request("/v1/audits/01900000-0000-7000-8000-000000000000"))) {
      Instant start = Instant.now();
      Answer answer = door.send(request);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(answer.status()).as(answer.http().body()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("UNAVAILABLE");
      assertThat(answer.header("Retry-After")).isNotEmpty();
    }
  }

  private static void assertNotAccepted(Answer answer) {
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
  }

  /** The machine may pause; the waits that are configured are in every one of the times. */
  private static Duration quickestOf(int times, Runnable call) {
    return IntStream.range(0, times)
        .mapToObj(_ -> {
          Instant start = Instant.now();
          call.run();
          return Duration.between(start, Instant.now());
        })
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Test
  void a_quota_that_is_used_up_is_told_with_the_time_to_wait() {
    rows.sql(
            """
            insert into quota_bucket (tenant, at, images_full_at, bytes_full_at)
            values ('acme', 0, extract(epoch from now()) + 60, 0)
            on conflict (tenant) do update set images_full_at = excluded.images_full_at
            """)
        .update();
    Answer refused = door.send(door.json("/v1/audits/batch", batch(80)));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.code()).isEqualTo("RATE_LIMITED");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 80);
    assertThat(refused.header("RateLimit")).matches("\"submissions\";r=\\d+;t=\\d+");
    assertThat(refused.header("RateLimit-Policy")).isEqualTo("\"submissions\";q=80;w=80");
    rows.sql("delete from quota_bucket").update();
  }

  @Test
  void what_is_not_accepted_does_not_count() {
    for (int time = 0; time < 3; time++) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> door.send(door.json("/v1/audits/batch", batch(70))).status() == 503);
    }
  }

  private static String batch(int items) {
    String item = "{\"image_url\": \"https://shop.example/q.jpg\"}";
    return "{\"items\": [" + String.join(",", Collections.nCopies(items, item)) + "]}";
  }

  private int found(String reference) {
    return door.get("/v1/audits?reference=" + reference).data().path("items").size();
  }

  private static String body(String reference) {
    return "{\"image_url\": \"https://shop.example/k.jpg\", \"reference\": \"%s\"}"
        .formatted(reference);
  }
}
