package io.imageaudit.gateway.event;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.util.concurrent.CompletableFuture;

/**
 * Says several events, one after the other. A producer that cannot reach the broker holds its
 * caller for a while before it gives up, so once it has, it is not asked again in the same round: a
 * round takes no longer than one event.
 */
public final class EventRound {

  private final EventPublisher events;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** Starts with nothing said. */
  public EventRound(EventPublisher events) {
    this.events = events;
  }

  /**
   * Says an event, unless one before it was given up at once; then fails for the same reason.
   *
   * @param trace the step that says it
   */
  public <E extends AuditEvent> CompletableFuture<Void> send(
      EventTopic<E> topic, E event, TraceParent trace) {
    if (last.isCompletedExceptionally()) {
      return last;
    }
    CompletableFuture<Void> said = events.send(topic, event, trace);
    if (said.isCompletedExceptionally()) {
      last = said;
    }
    return said;
  }
}
