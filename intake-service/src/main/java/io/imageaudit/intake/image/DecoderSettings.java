package io.imageaudit.intake.image;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The processes that decode.
 *
 * @param processes how many; each decodes one picture at a time on one core
 * @param deadline for one picture; a process that takes longer is killed
 * @param startWithin for the start of a process; one that is not ready by then is killed
 * @param picturesPerProcess after so many a process is replaced, so that what a decoder leaks does
 *     not add up
 * @param heapMegabytes Java heap of a process; pictures are decoded outside of it
 */
@ConfigurationProperties("image-audit.decoder")
record DecoderSettings(
    @DefaultValue("2") int processes,
    @DefaultValue("15s") Duration deadline,
    @DefaultValue("30s") Duration startWithin,
    @DefaultValue("5000") int picturesPerProcess,
    @DefaultValue("64") int heapMegabytes) {

  private static final int MIN_HEAP = 16;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when one makes no sense
   */
  DecoderSettings {
    if (processes < 1) {
      throw new IllegalArgumentException("processes: " + processes + " (expected: >= 1)");
    }
    positive("deadline", deadline);
    positive("start-within", startWithin);
    if (picturesPerProcess < 1) {
      throw new IllegalArgumentException(
          "pictures-per-process: " + picturesPerProcess + " (expected: >= 1)");
    }
    if (heapMegabytes < MIN_HEAP) {
      throw new IllegalArgumentException(
          "heap-megabytes: " + heapMegabytes + " (expected: >= " + MIN_HEAP + ")");
    }
  }

  private static void positive(String field, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: > 0)");
    }
  }
}
