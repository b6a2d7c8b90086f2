package io.imageaudit.intake.fetch;

/**
 * What a server said about itself, fit to be recorded. A server says any bytes: some cannot be
 * stored (a database refuses NUL), others change what a terminal shows of a log.
 */
final class ServerText {

  private static final int MAX_TEXT = 128;

  private ServerText() {}

  /** Its printable ASCII characters, and no more of them than are worth keeping. */
  static String printable(String said) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < said.length() && text.length() < MAX_TEXT; i++) {
      char character = said.charAt(i);
      if (character >= ' ' && character <= '~') {
        text.append(character);
      }
    }
    return text.toString();
  }
}
