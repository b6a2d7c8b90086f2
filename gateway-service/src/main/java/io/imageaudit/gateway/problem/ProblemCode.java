package io.imageaudit.gateway.problem;

/** Why a call was not done. The names are part of the public contract. */
public enum ProblemCode {
  /** The body is not the JSON or multipart form that it claims to be. */
  MALFORMED_JSON(400),
  /** Fields are missing, unknown or out of range; {@code errors} names each. */
  VALIDATION_ERROR(400),
  /** No credential, or one that is not valid. */
  UNAUTHENTICATED(401),
  /** The credential does not allow this. */
  FORBIDDEN(403),
  /** There is no such thing, or it is another tenant's. */
  NOT_FOUND(404),
  /** The path does not know this method. */
  METHOD_NOT_ALLOWED(405),
  /** No answer has a form that the client accepts. */
  NOT_ACCEPTABLE(406),
  /** A request with the same Idempotency-Key is being worked on. */
  IDEMPOTENCY_IN_PROGRESS(409),
  /** It exists already. */
  CONFLICT(409),
  /** More bytes than are allowed. */
  PAYLOAD_TOO_LARGE(413),
  /** The body has a form that this path does not read. */
  UNSUPPORTED_MEDIA_TYPE(415),
  /** The Idempotency-Key was used for another request. */
  IDEMPOTENCY_KEY_REUSED(422),
  /** The quota is used up; Retry-After says until when. */
  RATE_LIMITED(429),
  /** A fault of ours. */
  INTERNAL_ERROR(500),
  /** Something we need is away or busy; nothing was accepted. */
  UNAVAILABLE(503);

  private final int status;

  ProblemCode(int status) {
    this.status = status;
  }

  /** The HTTP status that goes with it. */
  public int status() {
    return status;
  }
}
