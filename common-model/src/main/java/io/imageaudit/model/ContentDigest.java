package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 of an image's bytes: the address of its content.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ContentDigest(@JsonValue String hex) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException when it is not 64 lower-case hexadecimal digits
   */
  @JsonCreator
  public ContentDigest {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("sha256: (expected: 64 lower-case hexadecimal digits)");
    }
  }

  /** The digest of these bytes. */
  public static ContentDigest of(byte[] content) {
    return finish(sha256(), content);
  }

  /** A SHA-256 to feed piece by piece; end it with {@link #of(MessageDigest)}. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest of everything fed so far; resets {@code sha256}. */
  public static ContentDigest of(MessageDigest sha256) {
    return new ContentDigest(HexFormat.of().formatHex(sha256.digest()));
  }

  private static ContentDigest finish(MessageDigest sha256, byte[] content) {
    sha256.update(content);
    return of(sha256);
  }

  @Override
  public String toString() {
    return hex;
  }
}
