package io.imageaudit.notification.delivery;

import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Tells the other services of deliveries that have ended: the end is stored first, then said, then
 * remembered as said. After a crash in between it is said again.
 */
final class AnnounceEnded {

  private static final int MOST_AT_A_TIME = 500;
  private static final int MOST_WAITING = 10_000;

  private final EndedDeliveries ended;
  private final EventPublisher publisher;
  private final BlockingQueue<UUID> own = new LinkedBlockingQueue<>(MOST_WAITING);

  AnnounceEnded(EndedDeliveries ended, EventPublisher publisher) {
    this.ended = ended;
    this.publisher = publisher;
  }

  /**
   * Deliveries that this replica has ended. What there is no room for, as when the broker is away,
   * is found in the table later.
   */
  void add(List<UUID> deliveries) {
    deliveries.forEach(own::offer);
  }

  /**
   * Tells of some: of those that this replica has ended, and of those that another one has and did
   * not tell of.
   *
   * @return whether there may be more
   * @throws java.util.concurrent.CompletionException when the broker does not take them
   */
  boolean round() {
    List<AuditNotified> some = new ArrayList<>(takeOwn());
    if (some.size() < MOST_AT_A_TIME) {
      some.addAll(ended.take(MOST_AT_A_TIME - some.size()));
    }
    if (some.isEmpty()) {
      return false;
    }
    CompletableFuture.allOf(some.stream().map(this::say).toArray(CompletableFuture<?>[]::new))
        .join();
    ended.announced(some);
    return true;
  }

  private List<AuditNotified> takeOwn() {
    List<UUID> some = new ArrayList<>();
    own.drainTo(some, MOST_AT_A_TIME);
    return some.isEmpty() ? List.of() : ended.find(some);
  }

  private CompletableFuture<Void> say(AuditNotified notified) {
    return publisher.send(EventTopic.NOTIFIED, notified, EventPublisher.submission(notified));
  }
}
