package io.imageaudit.notification.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, so that its sender is told everything at once. */
public final class RequestChecks {

  /** The database knows times beyond these, and no text with the character of number 0. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final List<String> faults = new ArrayList<>();

  /** Notes a fault of a field. */
  public void fault(String field, String what) {
    faults.add(field + ": " + what);
  }

  /** Notes a field that is missing. */
  public void required(String field, @Nullable Object value) {
    if (value == null) {
      fault(field, "is required");
    }
  }

  /** Notes a text that is too long or cannot be stored. */
  public void text(String field, @Nullable String value, int mostCharacters) {
    if (value != null
        && (value.length() > mostCharacters || value.chars().anyMatch(Character::isISOControl))) {
      fault(
          field,
          "must be at most " + mostCharacters + " characters, none of them a control character");
    }
  }

  /** Notes a time that nothing can have. */
  public void time(String field, @Nullable Instant value) {
    if (value != null && !isStorable(value)) {
      fault(field, "must be a time of the years 1 to 9999");
    }
  }

  /** Whether the database can compare this time with its own. */
  public static boolean isStorable(Instant time) {
    return !time.isBefore(FIRST) && !time.isAfter(LAST);
  }

  /**
   * Ends the checks.
   *
   * @throws InvalidRequestException when something was noted
   */
  public void finish() {
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
  }
}
