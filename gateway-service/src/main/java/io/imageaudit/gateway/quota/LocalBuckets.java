package io.imageaudit.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.imageaudit.model.TenantId;
import java.time.Duration;

/** Buckets in the memory of this instance. */
final class LocalBuckets implements Buckets {

  private static final int MOST_TENANTS = 100_000;
  private static final Duration DAY = Duration.ofDays(1);

  private final QuotaSettings settings;
  private final Cache<TenantId, Pair> buckets =
      Caffeine.newBuilder().expireAfterAccess(DAY).maximumSize(MOST_TENANTS).build();

  LocalBuckets(QuotaSettings settings) {
    this.settings = settings;
  }

  @Override
  public Draw draw(TenantId tenant, int images, long bytes) {
    Pair own = buckets.get(tenant, _ -> new Pair(settings));
    ConsumptionProbe probe = own.images.tryConsumeAndReturnRemaining(images);
    if (!probe.isConsumed()) {
      return refused(probe, probe);
    }
    if (bytes > 0) {
      ConsumptionProbe size = own.bytes.tryConsumeAndReturnRemaining(bytes);
      if (!size.isConsumed()) {
        own.images.addTokens(images);
        return refused(probe, size);
      }
    }
    return new Draw.Taken(probe.getRemainingTokens(), full(probe));
  }

  @Override
  public void giveBack(TenantId tenant, int images, long bytes) {
    Pair own = buckets.getIfPresent(tenant);
    if (own != null) {
      add(own.images, images);
      add(own.bytes, bytes);
    }
  }

  private static void add(Bucket bucket, long tokens) {
    if (tokens > 0) {
      bucket.addTokens(tokens);
    }
  }

  private static Draw refused(ConsumptionProbe images, ConsumptionProbe scarce) {
    return new Draw.Refused(
        images.getRemainingTokens(),
        full(images),
        Duration.ofNanos(Math.max(0, scarce.getNanosToWaitForRefill())));
  }

  private static Duration full(ConsumptionProbe probe) {
    return Duration.ofNanos(Math.max(0, probe.getNanosToWaitForReset()));
  }

  private static final class Pair {

    private final Bucket images;
    private final Bucket bytes;

    private Pair(QuotaSettings settings) {
      images = bucket(settings.burst(), settings.rate(), Duration.ofSeconds(1));
      long perDay = settings.bytesPerDay().toBytes();
      bytes = bucket(perDay, perDay, DAY);
    }

    private static Bucket bucket(long capacity, long tokens, Duration period) {
      return Bucket.builder()
          .addLimit(limit -> limit.capacity(capacity).refillGreedy(tokens, period))
          .build();
    }
  }
}
