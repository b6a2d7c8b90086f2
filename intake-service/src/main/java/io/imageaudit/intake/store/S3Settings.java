package io.imageaudit.intake.store;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * An S3-compatible object store.
 *
 * @param endpoint address of the server; none means Amazon's own of the region
 * @param region that requests are signed for
 * @param bucket that holds the images, unversioned
 * @param createBucket whether the bucket is made at start when there is none
 * @param accessKey name of the credential; empty means the credentials of the environment:
 *     variables, profile, container or machine
 * @param secretKey secret of the credential
 * @param pathStyle whether the bucket is named in the path rather than in the host, as most servers
 *     other than Amazon's want it
 * @param conditionalPut whether an object is only written where there is none; off for servers that
 *     do not know the condition
 * @param multipartAbove content larger than this is sent in parts
 * @param partSize bytes of a part, at least 5 MB
 * @param connections most connections at a time
 * @param timeout for one call, its retries included
 */
record S3Settings(
    @Nullable URI endpoint,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("") String bucket,
    @DefaultValue("false") boolean createBucket,
    @DefaultValue("") String accessKey,
    @DefaultValue("") String secretKey,
    @DefaultValue("false") boolean pathStyle,
    @DefaultValue("true") boolean conditionalPut,
    @DefaultValue("16MB") DataSize multipartAbove,
    @DefaultValue("8MB") DataSize partSize,
    @DefaultValue("64") int connections,
    @DefaultValue("20s") Duration timeout) {

  private static final DataSize SMALLEST_PART = DataSize.ofMegabytes(5);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  S3Settings {
    if (accessKey.isEmpty() != secretKey.isEmpty()) {
      throw new IllegalArgumentException("s3.secret-key: (expected: together with s3.access-key)");
    }
    if (partSize.compareTo(SMALLEST_PART) < 0) {
      throw new IllegalArgumentException(
          "s3.part-size: " + partSize + " (expected: >= " + SMALLEST_PART + ")");
    }
    if (multipartAbove.compareTo(partSize) < 0) {
      throw new IllegalArgumentException(
          "s3.multipart-above: " + multipartAbove + " (expected: >= part-size)");
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
