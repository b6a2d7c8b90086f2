package io.imageaudit.worker.inference;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Gives no call longer than its limit, however far the batch's deadline is. */
final class DeadlinedModelServer implements ModelServer {

  private final ModelServer next;
  private final Duration limit;
  private final InstantSource clock;

  DeadlinedModelServer(ModelServer next, Duration limit, InstantSource clock) {
    this.next = next;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    Instant latest = clock.instant().plus(limit);
    return next.infer(batch.deadline().isAfter(latest) ? batch.until(latest) : batch);
  }
}
