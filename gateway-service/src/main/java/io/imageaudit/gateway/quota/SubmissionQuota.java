package io.imageaudit.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.model.TenantId;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * One token bucket of images and one of bytes per tenant. Answers say how much is left, in the form
 * of draft-ietf-httpapi-ratelimit-headers-11.
 */
public final class SubmissionQuota {

  private static final int MOST_TENANTS = 100_000;
  private static final Duration DAY = Duration.ofDays(1);

  private final QuotaSettings settings;
  private final String policy;
  private final Cache<TenantId, Buckets> buckets =
      Caffeine.newBuilder().expireAfterAccess(DAY).maximumSize(MOST_TENANTS).build();

  SubmissionQuota(QuotaSettings settings) {
    this.settings = settings;
    this.policy = "\"submissions\";q=" + settings.burst() + ";w=" + settings.window();
  }

  /**
   * Counts a submission and says on the answer what is left.
   *
   * @param images how many images it brings
   * @param bytes their size, as far as they came with it
   * @throws ProblemException when the tenant has used up its quota; then nothing is counted
   */
  public void take(TenantId tenant, int images, long bytes, HttpServletResponse answer) {
    Buckets own = buckets.get(tenant, _ -> new Buckets(settings));
    ConsumptionProbe probe = own.images.tryConsumeAndReturnRemaining(images);
    answer.setHeader("RateLimit-Policy", policy);
    answer.setHeader(
        "RateLimit",
        "\"submissions\";r=%d;t=%d"
            .formatted(probe.getRemainingTokens(), seconds(probe.getNanosToWaitForReset())));
    if (!probe.isConsumed()) {
      throw refused(probe);
    }
    if (bytes > 0) {
      ConsumptionProbe size = own.bytes.tryConsumeAndReturnRemaining(bytes);
      if (!size.isConsumed()) {
        own.images.addTokens(images);
        throw refused(size);
      }
    }
  }

  private static ProblemException refused(ConsumptionProbe probe) {
    return ProblemException.passing(
        ProblemCode.RATE_LIMITED, Duration.ofNanos(Math.max(0, probe.getNanosToWaitForRefill())));
  }

  private static long seconds(long nanos) {
    return Math.max(0, Duration.ofNanos(nanos).plusMillis(999).toSeconds());
  }

  private static final class Buckets {

    private final Bucket images;
    private final Bucket bytes;

    private Buckets(QuotaSettings settings) {
      images =
          Bucket.builder()
              .addLimit(limit ->
                  limit
                      .capacity(settings.burst())
                      .refillGreedy(settings.rate(), Duration.ofSeconds(1)))
              .build();
      bytes =
          Bucket.builder()
              .addLimit(limit ->
                  limit
                      .capacity(settings.bytesPerDay().toBytes())
                      .refillGreedy(settings.bytesPerDay().toBytes(), DAY))
              .build();
    }
  }
}
