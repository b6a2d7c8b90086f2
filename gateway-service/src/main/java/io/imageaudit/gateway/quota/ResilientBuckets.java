package io.imageaudit.gateway.quota;

import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws from this instance's own buckets while the shared ones cannot be asked, or do not answer in
 * time.
 */
final class ResilientBuckets implements Buckets {

  private static final Logger LOG = LoggerFactory.getLogger(ResilientBuckets.class);

  private static final Duration LONGEST_WAIT = Duration.ofMillis(400);

  private final Buckets shared;
  private final Buckets own;
  private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

  ResilientBuckets(Buckets shared, Buckets own) {
    this.shared = shared;
    this.own = own;
  }

  @Override
  public Draw draw(TenantId tenant, int images, long bytes) {
    try {
      return CompletableFuture.supplyAsync(() -> shared.draw(tenant, images, bytes), threads)
          .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("The shared quota cannot be asked; this instance counts alone: {}", e.toString());
      return own.draw(tenant, images, bytes);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return own.draw(tenant, images, bytes);
    }
  }

  /** Nobody waits for it. While the shared ones cannot be asked, they were not drawn from. */
  @Override
  public void giveBack(TenantId tenant, int images, long bytes) {
    CompletableFuture.runAsync(() -> shared.giveBack(tenant, images, bytes), threads)
        .exceptionally(fault -> {
          LOG.warn("The shared quota cannot be given back to: {}", fault.toString());
          own.giveBack(tenant, images, bytes);
          return null;
        });
  }
}
