package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Name of a merchant or platform account.
 *
 * @param value 3 to 40 of {@code [a-z0-9-]}
 */
public record TenantId(@JsonValue String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{3,40}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when the name has another form
   */
  @JsonCreator
  public TenantId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("tenant: (expected: [a-z0-9-]{3,40})");
    }
  }

  /** Whether the text can name a tenant. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
