package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A database that does not answer. */
@GatewayTest
class OutageIT {

  private final Door door;
  private final DataSource database;

  OutageIT(Door door, DataSource database) {
    this.door = door;
    this.database = database;
  }

  @Test
  void what_the_database_cannot_take_in_time_is_not_accepted_later() throws SQLException {
    String reference = "locked-" + UUID.randomUUID();
    try (Connection other = database.getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table audit in access exclusive mode");
      Instant start = Instant.now();
      Answer answer =
          door.submit(
              "{\"image_url\": \"https://shop.example/l.jpg\", \"reference\": \"%s\"}"
                  .formatted(reference));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("UNAVAILABLE");
      assertThat(answer.header("Retry-After")).isNotEmpty();
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
      other.rollback();
    }
    Answer after = door.submit("{\"image_url\": \"https://shop.example/m.jpg\"}");
    assertThat(after.status()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> door.get("/v1/audits?reference=" + reference).data().path("items").isEmpty());
  }
}
