package io.imageaudit.worker.inference;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;

/** Has no more calls under way than the server is built for. */
final class BulkheadedModelServer implements ModelServer {

  private final ModelServer next;
  private final Bulkhead bulkhead;

  BulkheadedModelServer(ModelServer next, Bulkhead bulkhead) {
    this.next = next;
    this.bulkhead = bulkhead;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    if (!bulkhead.tryAcquirePermission()) {
      return new Failed(Failed.Kind.NOT_TRIED, "BULKHEAD_FULL", "too many calls are under way");
    }
    try {
      return next.infer(batch);
    } finally {
      bulkhead.onComplete();
    }
  }
}
