package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Leaves a server alone for as long as it asked to be, and answers meanwhile that it was not asked.
 * Whoever looks asks the next model, or this one again a little later.
 */
final class RestingModelServer implements ModelServer {

  private static final Set<Failed.Kind> AWAY =
      EnumSet.of(Failed.Kind.UNAVAILABLE, Failed.Kind.TIMED_OUT);

  /** A server that asks for more is asked again all the same: it may have been restarted. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final ModelServer next;
  private final InstantSource clock;
  private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.EPOCH);

  RestingModelServer(ModelServer next, InstantSource clock) {
    this.next = next;
    this.clock = clock;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    Duration left = Duration.between(clock.instant(), notBefore.get());
    if (left.isPositive()) {
      return new Failed(
          Failed.Kind.NOT_TRIED, "RESTING", "the model server asked to be left alone", left);
    }
    InferenceOutcome outcome = next.infer(batch);
    if (outcome instanceof Failed failed && AWAY.contains(failed.kind())) {
      Duration asked = failed.retryAfter();
      rest(asked == null ? Duration.ZERO : asked.compareTo(LONGEST) < 0 ? asked : LONGEST);
    }
    return outcome;
  }

  private void rest(Duration asked) {
    Instant until = clock.instant().plus(asked);
    notBefore.accumulateAndGet(until, (one, other) -> one.isAfter(other) ? one : other);
  }
}
