package io.imageaudit.worker.batch;

/**
 * How many items a batch may have: what is configured, or less once the server has refused a batch
 * whose parts it took. That is how a server's own limit is learned; a batch that is refused because
 * of one bad item has a part that is refused as well, and teaches nothing.
 */
final class SizeLimit {

  private int max;

  SizeLimit(int max) {
    this.max = max;
  }

  synchronized int max() {
    return max;
  }

  /**
   * Learns that a batch was refused and all of its parts were taken.
   *
   * @param largestPart items of the largest of them
   */
  synchronized void learn(int largestPart) {
    max = Math.max(1, Math.min(max, largestPart));
  }
}
