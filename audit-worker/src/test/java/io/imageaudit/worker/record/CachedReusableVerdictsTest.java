package io.imageaudit.worker.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.event.AuditConcluded;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CachedReusableVerdictsTest {

  private static final Duration MAX_AGE = Duration.ofHours(24);
  private static final Instant CONCLUDED = Instant.parse("2026-03-01T10:00:00Z");
  private static final AuditConcluded VERDICT = concluded();

  private final AtomicReference<Instant> now = new AtomicReference<>(CONCLUDED);
  private final Map<String, AuditConcluded> stored = new HashMap<>();
  private final ReusableVerdicts cached =
      new CachedReusableVerdicts(new Stored(), 10, MAX_AGE, now::get);

  @Test
  void a_verdict_that_was_looked_up_late_gets_no_younger_by_being_kept() {
    stored.put("key", VERDICT);
    now.set(CONCLUDED.plus(Duration.ofHours(23)));
    assertThat(cached.find(List.of("key"))).containsEntry("key", VERDICT);

    stored.clear();
    now.set(CONCLUDED.plus(Duration.ofHours(25)));

    assertThat(cached.find(List.of("key"))).isEmpty();
  }

  @Test
  void a_verdict_that_is_kept_is_not_looked_up() {
    cached.remember("key", VERDICT);
    stored.clear();

    assertThat(cached.find(List.of("key"))).containsEntry("key", VERDICT);
  }

  private static AuditConcluded concluded() {
    AuditRequest request =
        new AuditRequest(
            new TenantId("acme"),
            null,
            null,
            "default",
            null,
            Priority.INTERACTIVE,
            "0af7651916cd43dd8448eb211c80319c",
            CONCLUDED,
            CONCLUDED);
    return AuditConcluded.failed(
        new AuditId(UUID.randomUUID()),
        request,
        new Failure(FailureCode.CORRUPT_IMAGE, "corrupt"),
        null,
        CONCLUDED);
  }

  /** What a database would have. */
  private final class Stored implements ReusableVerdicts {

    @Override
    public Map<String, AuditConcluded> find(Collection<String> keys) {
      Map<String, AuditConcluded> found = new HashMap<>(stored);
      found.keySet().retainAll(keys);
      return found;
    }

    @Override
    public void remember(String key, AuditConcluded verdict) {
      stored.put(key, verdict);
    }
  }
}
