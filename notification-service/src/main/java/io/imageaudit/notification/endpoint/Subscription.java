package io.imageaudit.notification.endpoint;

import io.imageaudit.model.Verdict;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's receiver wants to hear.
 *
 * @param url of the receiver
 * @param eventTypes names of the kinds of events; none means all
 * @param verdicts which verdicts; none means all, and events without a verdict
 */
public record Subscription(URI url, Set<String> eventTypes, Set<Verdict> verdicts) {

  /** Copies the sets. */
  public Subscription {
    eventTypes = Set.copyOf(eventTypes);
    verdicts = Set.copyOf(verdicts);
  }

  /** Whether it wants this event. */
  public boolean wants(String eventType, @Nullable Verdict verdict) {
    return (eventTypes.isEmpty() || eventTypes.contains(eventType))
        && (verdicts.isEmpty() || (verdict != null && verdicts.contains(verdict)));
  }
}
