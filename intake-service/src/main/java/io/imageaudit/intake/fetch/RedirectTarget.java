package io.imageaudit.intake.fetch;

import java.net.URI;
import java.util.HexFormat;

/**
 * Reads where a server redirects to the way browsers do: raw bytes and spaces count as if they had
 * been escaped, and what comes after {@code #} is not for servers. Whether the target is allowed is
 * judged afterwards.
 */
final class RedirectTarget {

  private static final String ESCAPED = " \"<>^`{|}";

  private RedirectTarget() {}

  /**
   * The target.
   *
   * @param location as the server said it, each of its bytes a character
   * @param from the address that answered
   * @throws IllegalArgumentException when it makes no sense
   */
  static URI of(String location, URI from) {
    int fragment = location.indexOf('#');
    String target = escape((fragment < 0 ? location : location.substring(0, fragment)).strip());
    if (target.isEmpty()) {
      return from;
    }
    // Java's own way to resolve a query alone is older than the standard, and drops the last name.
    return target.startsWith("?") ? from.resolve(from.getRawPath() + target) : from.resolve(target);
  }

  private static String escape(String location) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < location.length(); i++) {
      char character = location.charAt(i);
      if (character > '~' || ESCAPED.indexOf(character) >= 0) {
        escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) character));
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
