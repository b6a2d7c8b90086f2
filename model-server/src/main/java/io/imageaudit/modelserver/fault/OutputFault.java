package io.imageaudit.modelserver.fault;

/** What is wrong with the outputs of a model that otherwise answers. */
public enum OutputFault {
  /** Nothing. */
  NONE,
  /** Every floating-point element is not a number. */
  NAN,
  /** Every floating-point element is 1e30. */
  HUGE,
  /** The last byte of every raw output is missing. */
  TRUNCATED
}
