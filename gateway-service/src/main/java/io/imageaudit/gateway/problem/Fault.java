package io.imageaudit.gateway.problem;

import java.util.List;

/**
 * What is wrong with one field of a request.
 *
 * @param field its path, such as {@code timeout_sec} or {@code items[3].image_url}
 * @param reason key of the sentence in the message bundles, without the prefix {@code fault.}
 * @param details what the sentence names, such as a limit
 */
public record Fault(String field, String reason, List<Object> details) {

  private static final int LONGEST_NAME = 64;

  /** Copies the details. */
  public Fault {
    details = List.copyOf(details);
  }

  /** A fault of a field that we know. */
  public static Fault of(String field, String reason, Object... details) {
    return new Fault(field, reason, List.of(details));
  }

  /** A field that nobody knows; its name is cut and cleaned, as it comes from outside. */
  public static Fault unknown(String name) {
    return of(printable(name), "unknown");
  }

  /** The same fault within an item. */
  public Fault within(String prefix) {
    return new Fault(prefix + field, reason, details);
  }

  private static String printable(String name) {
    String cut = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    return cut.replaceAll("[^\\x21-\\x7e]", "?");
  }
}
