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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps deliveries moving in this replica: claims what is due and makes each attempt on a virtual
 * thread of its own. No transaction is open while it does.
 *
 * <p>On stop it claims nothing more and waits for the attempts in flight, each of which ends by its
 * total time, and for their settlement.
 */
final class DeliveryPump implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryPump.class);
  private static final int MOST_PER_CLAIM = 256;
  private static final Duration PACE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DueDeliveries due;
  private final Function<Claim, Settlement> makeAttempt;
  private final HeldClaims held;
  private final SettlementWriter settlements;
  private final ClaimGate gate;
  private final DeliveryMetrics metrics;
  private final Duration longestAttempt;
  private final Semaphore permits;
  private final int mostPerTenant;
  private final Map<TenantId, Integer> inFlight = new ConcurrentHashMap<>();
  private final Loop loop;
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();

  private volatile boolean running;

  /**
   * Makes a pump.
   *
   * @param longestAttempt how long an attempt may last
   */
  DeliveryPump(
      DueDeliveries due,
      Function<Claim, Settlement> makeAttempt,
      HeldClaims held,
      SettlementWriter settlements,
      DeliveryMetrics metrics,
      Nudge nudge,
      DeliverySettings settings,
      Duration longestAttempt) {
    this.due = due;
    this.makeAttempt = makeAttempt;
    this.held = held;
    this.settlements = settlements;
    this.gate = new ClaimGate(held, settlements, settings.maxInFlight());
    this.metrics = metrics;
    this.longestAttempt = longestAttempt;
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
    int room = gate.isOpen() ? takePermits() : 0;
    if (room == 0) {
      return false;
    }
    int used = 0;
    try {
      long since = held.now();
      for (Claim claim : claim(room)) {
        used++;
        begin(claim, since);
      }
    } finally {
      permits.release(room - used);
    }
    return used > 0;
  }

  private List<Claim> claim(int room) {
    try {
      return due.claim(room, busy());
    } catch (RuntimeException e) {
      gate.claimFailed();
      throw e;
    }
  }

  private void begin(Claim claim, long since) {
    inFlight.merge(claim.tenant(), 1, Integer::sum);
    held.add(claim, since);
    boolean begun = false;
    try {
      attempts.execute(() -> attempt(claim));
      begun = true;
    } finally {
      if (!begun) {
        held.remove(claim);
        ended(claim);
      }
    }
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
    boolean handedOver = false;
    try {
      if (held.isOurs(claim)) {
        Settlement settlement = makeAttempt.apply(claim);
        settlements.add(settlement);
        handedOver = true;
        metrics.attempted(settlement);
      } else {
        LOG.warn("the lease of delivery {} ended before it was sent", claim.deliveryId());
      }
    } catch (Throwable e) {
      LOG.error("delivery {} is due again when its lease ends", claim.deliveryId(), e);
    } finally {
      if (!handedOver) {
        held.remove(claim);
      }
      ended(claim);
    }
  }

  private void ended(Claim claim) {
    inFlight.computeIfPresent(claim.tenant(), (_, n) -> n > 1 ? n - 1 : null);
    permits.release();
  }

  @Override
  public void stop() {
    running = false;
    loop.stop(PATIENCE);
    attempts.shutdown();
    try {
      if (!attempts.awaitTermination(longestAttempt.toMillis(), TimeUnit.MILLISECONDS)) {
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
