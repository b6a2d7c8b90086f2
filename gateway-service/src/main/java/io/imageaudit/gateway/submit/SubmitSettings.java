package io.imageaudit.gateway.submit;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a submission may be.
 *
 * @param maxInlineBytes largest image in {@code image_base64}, decoded
 * @param maxUploadBytes largest image in a file part
 * @param maxBatchItems most images in one batch
 * @param maxBatchJsonBytes largest JSON body of a batch
 * @param keyLifetime how long an Idempotency-Key is remembered
 * @param patience how long an audit may stay QUEUED before it is announced again
 * @param maxGroup most audits written down in one commit
 * @param writers how many commits may be under way at a time
 * @param longestWait longest that a request waits for its commit before it is refused
 * @param defaultTimeout deadline when the request names none
 * @param maxTimeout latest deadline, in whole seconds
 */
@ConfigurationProperties("image-audit.submit")
record SubmitSettings(
    @DefaultValue("10MB") DataSize maxInlineBytes,
    @DefaultValue("20MB") DataSize maxUploadBytes,
    @DefaultValue("100") int maxBatchItems,
    @DefaultValue("32MB") DataSize maxBatchJsonBytes,
    @DefaultValue("24h") Duration keyLifetime,
    @DefaultValue("30s") Duration patience,
    @DefaultValue("256") int maxGroup,
    @DefaultValue("2") int writers,
    @DefaultValue("900ms") Duration longestWait,
    @DefaultValue("60s") Duration defaultTimeout,
    @DefaultValue("1h") Duration maxTimeout) {

  /** Room in a JSON body for everything but the image, bytes. */
  private static final long OTHER_FIELDS = 64 << 10;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when they make no sense
   */
  SubmitSettings {
    if (maxInlineBytes.toBytes() < 1 || maxUploadBytes.toBytes() < 1) {
      throw new IllegalArgumentException(
          "max-inline-bytes, max-upload-bytes: "
              + maxInlineBytes
              + ", "
              + maxUploadBytes
              + " (expected: > 0)");
    }
    if (maxBatchItems < 1 || maxGroup < 1 || writers < 1) {
      throw new IllegalArgumentException(
          "max-batch-items, max-group, writers: "
              + List.of(maxBatchItems, maxGroup, writers)
              + " (expected: >= 1)");
    }
    if (maxTimeout.toSeconds() < 1 || defaultTimeout.compareTo(maxTimeout) > 0) {
      throw new IllegalArgumentException(
          "default-timeout, max-timeout: "
              + defaultTimeout
              + ", "
              + maxTimeout
              + " (expected: 1 s <= default <= max)");
    }
  }

  /** Longest {@code image_base64}, characters, padding included. */
  long maxBase64Length() {
    return (maxInlineBytes.toBytes() + 2) / 3 * 4;
  }

  /** Largest JSON body, bytes. */
  long maxJsonBytes() {
    return maxBase64Length() + OTHER_FIELDS;
  }
}
