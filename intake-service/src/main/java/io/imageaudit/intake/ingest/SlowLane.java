package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.Heard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Lets submissions that take long go on beside the others. Each is remembered before its record is
 * acknowledged; should this process die, another takes it over when its lease has run out. There
 * are at most so many, so that a flood of slow ones slows the reading down instead of piling up.
 */
class SlowLane {

  private static final Logger LOG = LoggerFactory.getLogger(SlowLane.class);
  private static final int TAKEN_AT_ONCE = 16;

  private final SlowSubmissions submissions;
  private final Ingestion ingestion;
  private final IngestSettings settings;
  private final InstantSource clock;
  private final Semaphore places;

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
    try {
      submissions.add(submitted, leaseEnd());
    } catch (RuntimeException e) {
      places.release();
      throw e;
    }
    Thread.ofVirtual().name("slow-lane").start(() -> finish(submitted, work));
    return true;
  }

  /** Takes over what a process that died, or a fault that has passed, left behind. */
  @Scheduled(fixedDelayString = "${image-audit.ingest.take-over-every:5s}")
  void takeOver() {
    Instant now = clock.instant();
    for (SlowSubmissions.Due due : submissions.takeOver(now, leaseEnd(), TAKEN_AT_ONCE)) {
      Thread.ofVirtual().name("slow-lane").start(() -> tryAgain(due));
    }
  }

  private void finish(AuditSubmitted submitted, Future<?> work) {
    try {
      work.get();
      submissions.remove(submitted.auditId());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // The lane survives its submissions.
      LOG.warn("Audit {} is tried again when its lease has run out.", submitted.auditId(), e);
    } finally {
      places.release();
    }
  }

  private void tryAgain(SlowSubmissions.Due due) {
    AuditSubmitted submitted = due.submitted();
    Heard<AuditSubmitted> again = new Heard<>(submitted, EventPublisher.submission(submitted));
    try {
      if (due.attempts() > settings.attempts()) {
        LOG.error("Audit {} is given up after {} tries.", submitted.auditId(), settings.attempts());
        ingestion.giveUp(again, "not ingested in " + settings.attempts() + " tries");
      } else {
        ingestion.ingest(again);
      }
      submissions.remove(submitted.auditId());
    } catch (Exception e) { // The lane survives its submissions.
      LOG.warn("Audit {} is tried again when its lease has run out.", submitted.auditId(), e);
    }
  }

  private Instant leaseEnd() {
    return clock.instant().plus(settings.lease());
  }
}
