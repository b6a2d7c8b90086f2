package io.imageaudit.intake.ingest;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.kafka.TransientFaults;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets submissions that take long go on beside the others. Each is remembered before its record is
 * acknowledged, under a lease that is renewed while it is in work; should this process die, another
 * takes it over soon. There are at most so many, so that a flood of slow ones slows the reading
 * down instead of piling up.
 */
class SlowLane implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SlowLane.class);
  private static final int TAKEN_AT_ONCE = 16;

  private final SlowSubmissions submissions;
  private final Ingestion ingestion;
  private final IngestSettings settings;
  private final InstantSource clock;
  private final Semaphore places;
  private final Set<AuditId> inWork = ConcurrentHashMap.newKeySet();

  /** A thread of its own: whatever else is done at times must not let leases run out. */
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slow-lane-keeper").factory());

  SlowLane(
      SlowSubmissions submissions,
      Ingestion ingestion,
      IngestSettings settings,
      InstantSource clock) {
    this.submissions = submissions;
    this.ingestion = ingestion;
    this.settings = settings;
    this.clock = clock;
    this.places = new Semaphore(settings.slowLane());
  }

  /** Work on a submission that may fail. */
  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException, ExecutionException;
  }

  /** Begins to renew leases, and to take over what others left behind. */
  void start() {
    long pause = settings.takeOverEvery().toMillis();
    var _ = keeper.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Moves a submission in work to the lane, if there is a place.
   *
   * @param work the ingestion, which goes on
   * @return whether the submission is remembered, so that its record may be acknowledged
   */
  boolean take(AuditSubmitted submitted, Future<?> work) {
    if (!places.tryAcquire()) {
      return false;
    }
    inWork.add(submitted.auditId());
    try {
      submissions.add(submitted, leaseEnd());
    } catch (RuntimeException e) {
      leave(submitted.auditId());
      throw e;
    }
    goOn(submitted, work::get);
    return true;
  }

  /** Leaves what is in work here to others, who need not wait for the end of its lease. */
  @Override
  public void close() {
    keeper.shutdownNow();
    if (inWork.isEmpty()) {
      return;
    }
    try {
      submissions.release(Set.copyOf(inWork), clock.instant());
    } catch (RuntimeException e) {
      LOG.warn("What is in work is taken over when its leases have run out.", e);
    }
  }

  private void look() {
    try {
      if (!inWork.isEmpty()) {
        submissions.renew(Set.copyOf(inWork), leaseEnd());
      }
      takeOver();
    } catch (RuntimeException e) { // The lane is looked after again.
      LOG.warn("The slow lane cannot be looked after.", e);
    }
  }

  private void takeOver() {
    int free = 0;
    while (free < TAKEN_AT_ONCE && places.tryAcquire()) {
      free++;
    }
    List<SlowSubmissions.Due> due = List.of();
    try {
      due = submissions.takeOver(clock.instant(), leaseEnd(), free, Set.copyOf(inWork));
    } finally {
      places.release(free - due.size());
    }
    for (SlowSubmissions.Due each : due) {
      inWork.add(each.submitted().auditId());
      goOn(each.submitted(), () -> tryAgain(each));
    }
  }

  private void tryAgain(SlowSubmissions.Due due) {
    AuditSubmitted submitted = due.submitted();
    Heard<AuditSubmitted> again = new Heard<>(submitted, EventPublisher.submission(submitted));
    if (due.attempts() > settings.attempts()) {
      LOG.error("Audit {} is given up after {} tries.", submitted.auditId(), settings.attempts());
      ingestion.giveUp(again, "not ingested in " + settings.attempts() + " tries");
    } else {
      ingestion.ingest(again);
    }
  }

  private void goOn(AuditSubmitted submitted, Work work) {
    Thread.ofVirtual().name("slow-lane").start(() -> finish(submitted, work));
  }

  private void finish(AuditSubmitted submitted, Work work) {
    try {
      work.run();
      submissions.remove(submitted.auditId());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // The lane survives its submissions.
      postpone(submitted.auditId(), e);
    } finally {
      leave(submitted.auditId());
    }
  }

  private void postpone(AuditId auditId, Exception fault) {
    LOG.warn("Audit {} is tried again soon.", auditId, fault);
    boolean counts = !TransientFaults.passesByItself(fault);
    try {
      submissions.postpone(auditId, clock.instant().plus(settings.retryAfter()), counts);
    } catch (RuntimeException e) {
      LOG.warn("Audit {} is tried again when its lease has run out.", auditId, e);
    }
  }

  private void leave(AuditId auditId) {
    inWork.remove(auditId);
    places.release();
  }

  private Instant leaseEnd() {
    return clock.instant().plus(settings.lease());
  }
}
