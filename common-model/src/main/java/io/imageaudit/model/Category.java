package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Canonical name of a kind of violation, such as {@code adult.explicit} or {@code divert.qrcode}.
 *
 * @param code dotted lower-camel words, at most 64 characters
 */
public record Category(@JsonValue String code) {

  private static final Pattern FORM =
      Pattern.compile("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*){1,3}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when the code has another form
   */
  @JsonCreator
  public Category {
    if (code.length() > 64 || !FORM.matcher(code).matches()) {
      throw new IllegalArgumentException("category: " + code + " (expected: like adult.explicit)");
    }
  }

  @Override
  public String toString() {
    return code;
  }
}
