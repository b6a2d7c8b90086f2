package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps deliveries moving in this replica: claims what is due and makes each attempt on a virtual
 * thread of its own. No transaction is open while it does.
 *
 * <p>On stop it claims nothing more and waits for the attempts in flight to be settled.
 */
final class DeliveryPump implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryPump.class);
  private static final int MOST_PER_CLAIM = 256;
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DueDeliveries due;
  private final DeliverDue deliverDue;
  private final HeldClaims held;
  private final SettlementWriter settlements;
  private final DeliveryMetrics metrics;
  private final Duration lease;
  private final Semaphore permits;
  private final int mostPerTenant;
  private final Map<TenantId, Integer> inFlight = new ConcurrentHashMap<>();
  private final Loop loop;
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();

  private volatile boolean running;

  DeliveryPump(
      DueDeliveries due,
      DeliverDue deliverDue,
      HeldClaims held,
      SettlementWriter settlements,
      DeliveryMetrics metrics,
      Nudge nudge,
      DeliverySettings settings) {
    this.due = due;
    this.deliverDue = deliverDue;
    this.held = held;
    this.settlements = settlements;
    this.metrics = metrics;
    this.lease = settings.lease();
    this.permits = new Semaphore(settings.maxInFlight());
    this.mostPerTenant = settings.maxInFlightPerTenant();
    this.loop = new Loop("delivery-pump", settings.pollInterval(), PACE, nudge, this::round);
  }

  @Override
  public void start() {
    running = true;
    settlements.start();
    held.start();
    loop.start();
  }

  private boolean round() {
    int room = takePermits();
    if (room == 0) {
      return false;
    }
    int used = 0;
    try {
      List<Claim> claims = due.claim(room, busy());
      for (Claim claim : claims) {
        inFlight.merge(claim.tenant(), 1, Integer::sum);
        held.add(claim);
        attempts.execute(() -> attempt(claim));
        used++;
      }
    } finally {
      permits.release(room - used);
    }
    return used > 0;
  }

  /** Takes as many permits as there are, up to one claim's worth. */
  private int takePermits() {
    int taken = 0;
    while (taken < MOST_PER_CLAIM && permits.tryAcquire()) {
      taken++;
    }
    return taken;
  }

  /** Tenants that hold their whole share of this replica. */
  private Set<TenantId> busy() {
    return inFlight.entrySet().stream()
        .filter(entry -> entry.getValue() >= mostPerTenant)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void attempt(Claim claim) {
    try {
      Settlement settlement = deliverDue.attempt(claim);
      settlements.add(settlement);
      metrics.attempted(settlement);
    } catch (RuntimeException e) {
      held.remove(claim);
      LOG.error(
          "delivery {} failed for a reason of ours; it is due again when its lease ends",
          claim.deliveryId(),
          e);
    } finally {
      inFlight.computeIfPresent(claim.tenant(), (_, n) -> n > 1 ? n - 1 : null);
      permits.release();
    }
  }

  @Override
  public void stop() {
    running = false;
    loop.stop(PATIENCE);
    attempts.shutdown();
    try {
      if (!attempts.awaitTermination(lease.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("attempts are still in flight; they are made again when their leases end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    settlements.stop();
    held.stop(PATIENCE);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
