package io.imageaudit.notification.webhook;

/** Foreign text, made safe to store and to show. */
final class Excerpt {

  private static final int MAX_CHARACTERS = 4000;

  private Excerpt() {}

  /** At most 4,000 characters, control characters replaced by spaces. */
  static String of(String foreign) {
    StringBuilder safe = new StringBuilder();
    foreign
        .codePoints()
        .limit(MAX_CHARACTERS)
        .map(point -> isPlain(point) ? point : ' ')
        .forEach(safe::appendCodePoint);
    return safe.toString().strip();
  }

  private static boolean isPlain(int point) {
    return !Character.isISOControl(point)
        && Character.isDefined(point)
        && Character.getType(point) != Character.SURROGATE
        && Character.getType(point) != Character.FORMAT;
  }
}
