package io.imageaudit.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.endpoint.MessageForm;
import io.imageaudit.notification.endpoint.SendingStyle;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HeldClaimsTest {

  private static final Duration LEASE = Duration.ofMillis(80);

  private final List<List<Claim>> renewed = new CopyOnWriteArrayList<>();

  @Test
  void a_claim_is_renewed_for_as_long_as_it_is_held() {
    HeldClaims held = new HeldClaims(due(), InstantSource.system(), LEASE);
    Claim slow = claim();
    held.add(slow);
    held.start();
    await().until(() -> renewed.size() >= 3);
    assertThat(renewed).allMatch(List.of(slow)::equals);

    held.remove(slow);
    Claim other = claim();
    held.add(other);
    await().until(() -> renewed.getLast().equals(List.of(other)));
    held.stop(Duration.ofSeconds(5));
  }

  private DueDeliveries due() {
    return new DueDeliveries() {
      @Override
      public List<Claim> claim(int most, Set<TenantId> busy) {
        return List.of();
      }

      @Override
      public int renew(List<Claim> claims) {
        renewed.add(claims);
        return claims.size();
      }

      @Override
      public int sweep() {
        return 0;
      }

      @Override
      public Backlog backlog() {
        return Backlog.NONE;
      }

      @Override
      public int skipHalted() {
        return 0;
      }
    };
  }

  private static Claim claim() {
    UUID endpoint = UUID.randomUUID();
    return new Claim(
        UUID.randomUUID(),
        UUID.randomUUID(),
        endpoint,
        UUID.randomUUID(),
        new TenantId("acme"),
        new AuditId(UUID.randomUUID()),
        1,
        URI.create("http://receiver.example/"),
        1,
        Instant.EPOCH,
        "0123456789abcdef0123456789abcdef",
        new byte[0],
        1,
        new SendingStyle(endpoint, MessageForm.STANDARD, false, null));
  }
}
