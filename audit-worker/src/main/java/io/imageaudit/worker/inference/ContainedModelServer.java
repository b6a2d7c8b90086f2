package io.imageaudit.worker.inference;

import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a failed call of what an adapter throws: an answer that nobody foresaw costs the pictures
 * that it was about, and no others.
 */
final class ContainedModelServer implements ModelServer {

  private static final Logger LOG = LoggerFactory.getLogger(ContainedModelServer.class);

  private final ModelServer adapter;

  ContainedModelServer(ModelServer adapter) {
    this.adapter = adapter;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    try {
      return adapter.infer(batch);
    } catch (RuntimeException e) {
      LOG.error("a model server cannot be spoken to", e);
      return new Failed(Failed.Kind.FAULTY, "BROKEN", e.toString());
    }
  }
}
