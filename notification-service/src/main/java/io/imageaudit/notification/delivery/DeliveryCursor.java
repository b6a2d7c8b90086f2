package io.imageaudit.notification.delivery;

import io.imageaudit.notification.access.RequestChecks;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a list of deliveries.
 *
 * @param createdAt of the last one listed
 * @param id of the last one listed
 */
record DeliveryCursor(Instant createdAt, UUID id) {

  /** Reads what {@link #toString()} wrote; empty for anything else. */
  static Optional<DeliveryCursor> parse(String text) {
    int split = text.indexOf('_');
    if (split < 0) {
      return Optional.empty();
    }
    try {
      Instant createdAt = Instant.parse(text.substring(0, split));
      return Optional.of(new DeliveryCursor(createdAt, UUID.fromString(text.substring(split + 1))))
          .filter(cursor -> RequestChecks.isStorable(cursor.createdAt));
    } catch (DateTimeException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return createdAt + "_" + id;
  }
}
