package io.imageaudit.model.trace;

/** How a step relates to what is around it (OpenTelemetry trace specification, span kinds). */
public enum StepKind {
  /** Answers a call. */
  SERVER,
  /** Makes a call and waits for its answer. */
  CLIENT,
  /** Says an event. */
  PRODUCER,
  /** Hears an event. */
  CONSUMER,
  /** Neither hears nor calls anybody. */
  INTERNAL
}
