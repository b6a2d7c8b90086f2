package io.imageaudit.intake.fetch;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of an image came from: evidence that is kept with its audit.
 *
 * @param url that answered, after all redirects
 * @param connectedTo the address and port that the connection was made to
 * @param tls version of TLS; none for http
 * @param status HTTP status
 * @param contentType as the server said it, at most 128 printable characters; never believed
 * @param redirects that were followed
 * @param fetchedAt when the last byte came
 * @param millis from the first request to the last byte
 */
public record FetchReceipt(
    URI url,
    @Nullable String connectedTo,
    @Nullable String tls,
    int status,
    @Nullable String contentType,
    int redirects,
    Instant fetchedAt,
    long millis) {}
