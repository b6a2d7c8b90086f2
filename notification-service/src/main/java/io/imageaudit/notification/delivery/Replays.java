package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sends many deliveries again: slowly, so that what happens now is not held up, and remembering how
 * far it has come, so that another replica can go on.
 */
interface Replays {

  /**
   * Which deliveries are sent again.
   *
   * @param tenant whose
   * @param from planned at this time or later
   * @param to planned before
   * @param endpointId only to this receiver
   * @param missed only those that did not arrive
   */
  record Wish(
      TenantId tenant, Instant from, Instant to, @Nullable UUID endpointId, boolean missed) {}

  /**
   * How far it has come.
   *
   * @param replayId identity
   * @param state RUNNING, DONE or CANCELED
   * @param total how many there were when it was asked for; not more than 100,000 are counted
   * @param done how many have been made due
   */
  record Progress(UUID replayId, String state, long total, long done) {}

  /** How many deliveries there are to send again; not more than 100,000 are counted. */
  long count(Wish wish);

  /** Begins. */
  Progress start(Wish wish);

  Optional<Progress> find(TenantId tenant, UUID replay);

  /**
   * Ends a replay; what it has made due already is sent.
   *
   * @return whether there is such a replay that had not come to its end
   */
  boolean cancel(TenantId tenant, UUID replay);

  /**
   * Makes the next deliveries of one replay due, unless all have had their turn lately.
   *
   * @return how many
   */
  int advance();
}
