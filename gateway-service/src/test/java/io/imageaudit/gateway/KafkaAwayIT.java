package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A broker that takes nothing. */
@GatewayTest
@TestPropertySource(properties = "spring.kafka.producer.bootstrap-servers=localhost:1")
class KafkaAwayIT {

  private final Door door;

  KafkaAwayIT(Door door) {
    this.door = door;
  }

  @Test
  void nothing_is_accepted_and_the_client_hears_so_soon() {
    String reference = "away-" + UUID.randomUUID();
    Instant start = Instant.now();
    Answer answer = door.submit(body(reference));
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("UNAVAILABLE");
    assertThat(answer.header("Retry-After")).isEqualTo("2");
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

  private int found(String reference) {
    return door.get("/v1/audits?reference=" + reference).data().path("items").size();
  }

  private static String body(String reference) {
    return "{\"image_url\": \"https://shop.example/k.jpg\", \"reference\": \"%s\"}"
        .formatted(reference);
  }
}
