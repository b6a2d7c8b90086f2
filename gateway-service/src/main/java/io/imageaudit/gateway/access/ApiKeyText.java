package io.imageaudit.gateway.access;

import io.imageaudit.model.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its owner holds it: {@code iak_<id>_<secret>}.
 *
 * @param id finds the key; no secret
 * @param secret proves it
 */
record ApiKeyText(String id, String secret) {

  private static final Pattern FORM =
      Pattern.compile("iak_([A-Za-z0-9]{1,32})_([A-Za-z0-9_-]{32,128})");
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 43; // 256 bits

  /** Reads text that may be anything; empty when it has not the form of a key. */
  static Optional<ApiKeyText> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new ApiKeyText(form.group(1), form.group(2)))
        : Optional.empty();
  }

  /** A new key. */
  static ApiKeyText create(RandomGenerator random) {
    return new ApiKeyText(text(random, ID_LENGTH), text(random, SECRET_LENGTH));
  }

  /** SHA-256 of the secret: enough for 256 random bits, and cheap for every request. */
  byte[] digest() {
    MessageDigest sha256 = ContentDigest.sha256();
    return sha256.digest(secret.getBytes(StandardCharsets.US_ASCII));
  }

  /** The whole key: shown once, stored nowhere. */
  String reveal() {
    return "iak_" + id + "_" + secret;
  }

  /** Hides the secret. */
  @Override
  public String toString() {
    return "iak_" + id + "_***";
  }

  private static String text(RandomGenerator random, int length) {
    return random
        .ints(length, 0, ALPHABET.length())
        .mapToObj(ALPHABET::charAt)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }
}
