package io.imageaudit.notification.endpoint;

import io.imageaudit.notification.access.InvalidRequestException;
import io.imageaudit.notification.webhook.Ed25519Key;
import io.imageaudit.notification.webhook.HmacKey;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a new secret; everything may be left out.
 *
 * @param kind what it is for; a signing key by default
 * @param endpointId the one receiver that it is for; all of the tenant's by default
 * @param secret its text; made by us by default
 * @param graceSeconds how long the one that it replaces signs on, 0 to 604800; as configured by
 *     default
 */
record SecretBody(
    @Nullable SecretKind kind,
    @Nullable UUID endpointId,
    @Nullable String secret,
    @Nullable Long graceSeconds) {

  private static final Duration LONGEST_GRACE = Duration.ofDays(7);

  private static final int MOST_SEED_CHARACTERS = 128;

  SecretKind kindOrDefault() {
    return kind == null ? SecretKind.HMAC : kind;
  }

  /**
   * How long the replaced one signs on, when the wish says so.
   *
   * @throws InvalidRequestException when it is out of its range
   */
  @Nullable Duration grace() {
    if (graceSeconds == null) {
      return null;
    }
    if (graceSeconds < 0 || graceSeconds > LONGEST_GRACE.toSeconds()) {
      throw new InvalidRequestException(List.of("grace_seconds: must be 0 to 604800"));
    }
    return Duration.ofSeconds(graceSeconds);
  }

  /**
   * The secret's text.
   *
   * @throws InvalidRequestException when the given one has not the form of its kind
   */
  String text(RandomGenerator random) {
    try {
      return switch (kindOrDefault()) {
        case HMAC -> (secret == null ? HmacKey.generate(random) : HmacKey.parse(secret)).reveal();
        case ED25519 ->
            (secret == null ? Ed25519Key.generate() : Ed25519Key.parse(secret)).reveal();
        case SEED -> seed(random);
      };
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(List.of(String.valueOf(e.getMessage())));
    }
  }

  private String seed(RandomGenerator random) {
    if (secret == null) {
      return HmacKey.generate(random).reveal();
    }
    if (secret.isBlank() || secret.length() > MOST_SEED_CHARACTERS) {
      throw new IllegalArgumentException("secret: (expected: 1..128 characters)");
    }
    return secret;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "SecretBody[" + kind + "]";
  }
}
