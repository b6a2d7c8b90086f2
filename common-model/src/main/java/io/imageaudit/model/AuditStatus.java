package io.imageaudit.model;

/** How far an audit has come. */
public enum AuditStatus {
  /** Accepted; the image has not been looked at. */
  QUEUED,
  /** The image is stored and known to be an image. */
  INGESTED,
  /** A verdict was given. */
  COMPLETED,
  /** The image cannot be judged; a {@link FailureCode} says why. */
  FAILED,
  /** The deadline passed before a verdict was given. */
  EXPIRED;

  /** Whether the audit has ended, with or without a verdict. */
  public boolean isFinal() {
    return this == COMPLETED || this == FAILED || this == EXPIRED;
  }
}
