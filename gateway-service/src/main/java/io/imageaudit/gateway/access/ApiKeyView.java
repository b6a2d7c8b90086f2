package io.imageaudit.gateway.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key, for its administrator.
 *
 * @param keyId identity
 * @param apiKey the whole key: only when it was just made
 * @param scopes what it allows
 * @param createdAt when it was made
 * @param expiresAt until when it works; for ever when null
 * @param live whether it works now
 */
record ApiKeyView(
    String keyId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String apiKey,
    List<String> scopes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    boolean live) {

  /** Copies the list. */
  ApiKeyView {
    scopes = List.copyOf(scopes);
  }

  static ApiKeyView of(ApiKey key, @Nullable ApiKeyText text, Instant now) {
    return new ApiKeyView(
        key.id(),
        text == null ? null : text.reveal(),
        key.scopes().stream().map(Scope::text).toList(),
        key.createdAt(),
        key.expiresAt(),
        key.isLive(now));
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "ApiKeyView[" + keyId + "]";
  }
}
