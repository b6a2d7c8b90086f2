package io.imageaudit.worker.inference;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token that is kept until it is refused, and then got anew, once for all who were refused. A
 * source that had none is not asked again for a moment: each of those who wait for it would wait
 * for as long as the first did, one after the other.
 */
final class TokenCredentials implements Credentials {

  private static final Logger LOG = LoggerFactory.getLogger(TokenCredentials.class);

  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final String header;
  private final String scheme;
  private final Supplier<@Nullable String> source;
  private final InstantSource clock;
  private Instant askAgain = Instant.MIN;
  private @Nullable String value;

  /**
   * Makes credentials.
   *
   * @param source of tokens; gives none when there is none now
   */
  TokenCredentials(
      String header, String scheme, Supplier<@Nullable String> source, InstantSource clock) {
    this.header = header;
    this.scheme = scheme;
    this.source = source;
    this.clock = clock;
  }

  @Override
  public String header() {
    return header;
  }

  @Override
  public synchronized @Nullable String value() {
    if (value == null) {
      value = fetch();
    }
    return value;
  }

  @Override
  public synchronized boolean renew(@Nullable String refused) {
    if (Objects.equals(value, refused)) { // Otherwise another call has renewed it meanwhile.
      value = fetch();
      LOG.info(
          "the model server refused its token; a new one was {}",
          value == null ? "not to be had" : "got");
    }
    return value != null && !Objects.equals(value, refused);
  }

  private @Nullable String fetch() {
    if (clock.instant().isBefore(askAgain)) {
      return null;
    }
    String token = source.get();
    if (token == null || token.isBlank()) {
      askAgain = clock.instant().plus(MOMENT);
      return null;
    }
    return scheme.isEmpty() ? token.strip() : scheme + " " + token.strip();
  }
}
