package io.imageaudit.model.net;

/**
 * Why an address may not be named by a tenant.
 *
 * @param rule which rule it breaks
 * @param message one English clause for people, such as {@code must not name a user}
 */
public record Refusal(Rule rule, String message) {

  /** What every address must keep. */
  public enum Rule {
    /** At most 2,048 characters. */
    LENGTH,
    /** Only http and https. */
    SCHEME,
    /** No user information, no fragment, and an authority that reads one way only. */
    FORM,
    /** A host name in ASCII, or a literal address in its usual notation. */
    HOST,
    /** A port at which public web servers listen. */
    PORT,
    /** A host of the public Internet. */
    ADDRESS
  }
}
