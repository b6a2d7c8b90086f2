package io.imageaudit.notification.access;

/** What is asked for was not done, for lack of time or room. Nothing of it stays. */
final class OverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String code;

  private OverloadedException(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  static OverloadedException tooMany() {
    return new OverloadedException("BUSY", "Too much is asked for at this moment. Try again.");
  }

  static OverloadedException tooSlow() {
    return new OverloadedException(
        "TIME_LIMIT", "This takes too long; nothing was done. Ask for less, or try again.");
  }

  String code() {
    return code;
  }
}
