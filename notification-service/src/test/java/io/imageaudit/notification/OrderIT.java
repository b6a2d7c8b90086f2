package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.event.AuditConcluded;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrderIT extends ManagedService {

  private static final int TRIES = 3;

  @Test
  void what_arrived_once_stands_before_older_ones_even_if_it_was_sent_again_in_vain() {
    TenantId tenant = new TenantId("repeater");
    AtomicInteger calls = new AtomicInteger();
    try (Receiver receiver =
        new Receiver(_ -> Receiver.Answer.of(calls.incrementAndGet() == TRIES + 1 ? 200 : 500))) {
      AuditConcluded first = verdict(tenant, receiver.url("/o"), Verdict.PASS, 1);
      conclude(first);
      UUID older = awaitNotified(first.auditId()).deliveryId();
      conclude(next(first, Verdict.BLOCK));
      UUID newer = delivered(tenant, first.auditId());
      sentInVain(tenant, newer);

      assertThat(resend(tenant, older, 409)).isEqualTo("SUPERSEDED");
      assertThat(post(tenant, "replays", "{\"dry_run\":true}", 202).at("/data/total").asInt())
          .as("the newer one alone")
          .isEqualTo(1);
    }
  }

  @Test
  void nor_is_an_older_one_planned_that_becomes_known_later() {
    TenantId tenant = new TenantId("latecomer");
    AtomicInteger calls = new AtomicInteger();
    try (Receiver receiver =
        new Receiver(_ -> Receiver.Answer.of(calls.incrementAndGet() == 1 ? 200 : 500))) {
      AuditConcluded first = verdict(tenant, receiver.url("/l"), Verdict.PASS, 1);
      conclude(next(first, Verdict.BLOCK));
      sentInVain(tenant, delivered(tenant, first.auditId()));
      conclude(first);
      await()
          .until(() ->
              get(tenant, "deliveries?audit_id=" + first.auditId() + "&status=SUPERSEDED")
                      .path("items")
                      .size()
                  == 1);
      assertThat(receiver.requests("/l")).hasSize(1 + TRIES);
    }
  }

  private UUID delivered(TenantId tenant, AuditId audit) {
    String path = "deliveries?status=DELIVERED&audit_id=" + audit;
    await().until(() -> get(tenant, path).path("items").size() == 1);
    return UUID.fromString(get(tenant, path).at("/items/0/delivery_id").asString());
  }

  private void sentInVain(TenantId tenant, UUID delivery) {
    resend(tenant, delivery, 202);
    await()
        .until(() ->
            get(tenant, "deliveries/" + delivery)
                .at("/delivery/status")
                .asString()
                .equals("EXHAUSTED"));
  }

  private String resend(TenantId tenant, UUID delivery, int status) {
    return post(tenant, "deliveries/" + delivery + "/resend", "{}", status).path("code").asString();
  }
}
