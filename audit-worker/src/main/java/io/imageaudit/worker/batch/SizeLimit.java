package io.imageaudit.worker.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many items a batch may have: what is configured, or less once the server has refused a batch
 * whose parts it took. That is how a server's own limit is learned; a batch that is refused because
 * of one bad item has a part that is refused as well, and teaches nothing. A limit that was learned
 * is doubled after a while: the server may have been given more memory, and if not, one refused
 * batch says so.
 */
final class SizeLimit {

  private static final long TRUSTED_NANOS = Duration.ofMinutes(5).toNanos();

  private final int most;
  private final LongSupplier nanoTime;
  private int max;
  private long learnedAt;

  SizeLimit(int max) {
    this(max, System::nanoTime);
  }

  SizeLimit(int max, LongSupplier nanoTime) {
    this.most = max;
    this.max = max;
    this.nanoTime = nanoTime;
  }

  synchronized int max() {
    if (max < most && nanoTime.getAsLong() - learnedAt >= TRUSTED_NANOS) {
      set(Math.min(most, max * 2));
    }
    return max;
  }

  /**
   * Learns that a batch was refused and all of its parts were taken.
   *
   * @param largestPart items of the largest of them
   */
  synchronized void learn(int largestPart) {
    set(Math.max(1, Math.min(max, largestPart)));
  }

  private void set(int size) {
    max = size;
    learnedAt = nanoTime.getAsLong();
  }
}
