package io.imageaudit.modelserver.serve;

import io.grpc.Status;

/** A call is not answered, for a reason that its protocol tells the caller. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Status.Code code;

  /**
   * Names the reason.
   *
   * @param code the canonical code
   * @param message what is wrong, for the caller
   */
  public RefusedException(Status.Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** The caller's input is wrong. */
  public static RefusedException invalid(String message) {
    return new RefusedException(Status.Code.INVALID_ARGUMENT, message);
  }

  /** The canonical code. */
  public Status.Code code() {
    return code;
  }

  /** What is wrong, for the caller. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
