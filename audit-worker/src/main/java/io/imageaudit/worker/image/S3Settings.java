package io.imageaudit.worker.image;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An S3-compatible object store, as far as images are read from it.
 *
 * @param endpoint address of the server; none means Amazon's own of the region
 * @param region that requests are signed for
 * @param bucket that holds the images
 * @param accessKey name of the credential; empty means the credentials of the environment:
 *     variables, profile, container or machine
 * @param secretKey secret of the credential
 * @param pathStyle whether the bucket is named in the path rather than in the host, as most servers
 *     other than Amazon's want it
 * @param connections most connections at a time
 * @param timeout for one read, its retries included
 */
public record S3Settings(
    @Nullable URI endpoint,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("") String bucket,
    @DefaultValue("") String accessKey,
    @DefaultValue("") String secretKey,
    @DefaultValue("false") boolean pathStyle,
    @DefaultValue("64") int connections,
    @DefaultValue("10s") Duration timeout) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  public S3Settings {
    if (accessKey.isEmpty() != secretKey.isEmpty()) {
      throw new IllegalArgumentException("s3.secret-key: (expected: together with s3.access-key)");
    }
    if (connections < 1) {
      throw new IllegalArgumentException("s3.connections: " + connections + " (expected: >= 1)");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("s3.timeout: " + timeout + " (expected: > 0)");
    }
  }

  /** Hides the credential. */
  @Override
  public String toString() {
    return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + "]";
  }
}
