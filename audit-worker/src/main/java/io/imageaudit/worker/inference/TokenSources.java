package io.imageaudit.worker.inference;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where tokens come from: the configuration, a file, or a server that hands them out. */
final class TokenSources {

  private static final Logger LOG = LoggerFactory.getLogger(TokenSources.class);
  private static final int LONGEST_ANSWER = 64 << 10;

  private final BoundedHttp http;
  private final Duration limit;
  private final InstantSource clock;

  /**
   * Makes the way to tokens.
   *
   * @param limit longest time for one to come from a server
   */
  TokenSources(HttpClient http, Duration limit, InstantSource clock) {
    this.http = new BoundedHttp(http);
    this.limit = limit;
    this.clock = clock;
  }

  Credentials of(CredentialSettings settings) {
    return new TokenCredentials(settings.header(), settings.scheme(), source(settings), clock);
  }

  private Supplier<@Nullable String> source(CredentialSettings settings) {
    if (!settings.tokenFile().isEmpty()) {
      return () -> read(Path.of(settings.tokenFile()));
    }
    if (!settings.tokenUrl().isEmpty()) {
      return () -> handedOut(settings);
    }
    return settings::token;
  }

  private static @Nullable String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      LOG.error("token-file cannot be read: {}", e.getMessage());
      return null;
    }
  }

  private @Nullable String handedOut(CredentialSettings settings) {
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(settings.clientId())
            + "&client_secret="
            + encoded(settings.clientSecret());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(settings.tokenUrl()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, limit, LONGEST_ANSWER);
      JsonNode token = JsonMapper.shared().readTree(answer.body()).get("access_token");
      return answer.statusCode() == 200 && token != null ? token.asString() : null;
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      LOG.error("token-url gives no token: {}", e.getMessage());
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
