package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.UUID;

/**
 * Identity of one audit: a UUID of version 7 (RFC 9562), so that identities sort by creation time.
 *
 * @param value the UUID
 */
public record AuditId(UUID value) implements Comparable<AuditId> {

  /**
   * Reads the canonical text form.
   *
   * @throws IllegalArgumentException when the text is not a UUID in its 36-character form
   */
  @JsonCreator
  public static AuditId of(String text) {
    return parse(text)
        .orElseThrow(
            () -> new IllegalArgumentException("audit_id: " + text + " (expected: a UUID)"));
  }

  /** Reads text that may be anything; empty when it is not a UUID in its 36-character form. */
  public static Optional<AuditId> parse(String text) {
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AuditId(UUID.fromString(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(AuditId other) {
    return Long.compareUnsigned(
                value.getMostSignificantBits(), other.value.getMostSignificantBits())
            == 0
        ? Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits())
        : Long.compareUnsigned(
            value.getMostSignificantBits(), other.value.getMostSignificantBits());
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
