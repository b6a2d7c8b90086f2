package io.imageaudit.notification.endpoint;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The part of a callback's address by which deliveries queue: scheme, host, port and path. What
 * follows may differ with each audit.
 */
public final class EndpointUrl {

  private EndpointUrl() {}

  /** The address without its query, host and scheme in lower case. */
  public static String of(URI callback) {
    return lower(callback.getScheme())
        + "://"
        + lower(callback.getRawAuthority())
        + (callback.getRawPath() == null ? "" : callback.getRawPath());
  }

  private static String lower(@Nullable String part) {
    return part == null ? "" : part.toLowerCase(Locale.ROOT);
  }
}
