package io.imageaudit.notification.delivery;

import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the other services of deliveries that have ended: the end is stored first, then said, then
 * remembered as said. After a crash in between it is said again.
 */
final class AnnounceEnded {

  private static final int MOST_AT_A_TIME = 500;

  private final EndedDeliveries ended;
  private final EventPublisher publisher;

  AnnounceEnded(EndedDeliveries ended, EventPublisher publisher) {
    this.ended = ended;
    this.publisher = publisher;
  }

  /**
   * Tells of some.
   *
   * @return whether there may be more
   * @throws java.util.concurrent.CompletionException when the broker does not take them
   */
  boolean round() {
    List<AuditNotified> some = ended.take(MOST_AT_A_TIME);
    if (some.isEmpty()) {
      return false;
    }
    CompletableFuture.allOf(some.stream().map(this::say).toArray(CompletableFuture<?>[]::new))
        .join();
    ended.announced(some);
    return true;
  }

  private CompletableFuture<Void> say(AuditNotified notified) {
    return publisher.send(EventTopic.NOTIFIED, notified, EventPublisher.submission(notified));
  }
}
