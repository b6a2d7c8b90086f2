package io.imageaudit.worker.inference;

/** A model server, asked about one batch at a time. */
interface ModelServer {

  /** Asks, and waits for the answer until the batch's deadline at the latest. */
  InferenceOutcome infer(InferenceBatch batch);
}
