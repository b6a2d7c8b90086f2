package io.imageaudit.worker.check;

import java.time.Duration;

/** Waiting that ends early when the worker stops. */
public interface Pause {

  /** Waits; false when the worker stops and nothing should be tried again. */
  boolean of(Duration duration);
}
