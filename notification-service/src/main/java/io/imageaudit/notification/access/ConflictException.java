package io.imageaudit.notification.access;

/** What is asked for cannot be done in the state that things are in. */
public final class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;

  /**
   * Says why.
   *
   * @param code stable, machine-readable
   * @param message one sentence for people
   */
  public ConflictException(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }
}
