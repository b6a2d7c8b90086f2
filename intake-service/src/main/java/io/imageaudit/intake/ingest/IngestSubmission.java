package io.imageaudit.intake.ingest;

import io.imageaudit.intake.fetch.FetchOutcome;
import io.imageaudit.intake.fetch.RemoteImages;
import io.imageaudit.intake.image.DecodeTurn;
import io.imageaudit.intake.image.JudgeImage;
import io.imageaudit.intake.image.JudgedTooLateException;
import io.imageaudit.intake.image.Judgement;
import io.imageaudit.intake.store.DamagedContentException;
import io.imageaudit.intake.store.HeldFile;
import io.imageaudit.intake.store.ImageStore;
import io.imageaudit.intake.store.StagedContent;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.TransientFaultException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The step: get the image, judge it, keep it, remember how it ended, say so. What was remembered is
 * said again when the submission is read again.
 */
@Component
class IngestSubmission {

  private static final Logger LOG = LoggerFactory.getLogger(IngestSubmission.class);

  private final RemoteImages remote;
  private final ImageStore store;
  private final JudgeImage judge;
  private final Ingestions ingestions;
  private final Announcements announcements;
  private final InstantSource clock;

  IngestSubmission(
      RemoteImages remote,
      ImageStore store,
      JudgeImage judge,
      Ingestions ingestions,
      Announcements announcements,
      InstantSource clock) {
    this.remote = remote;
    this.store = store;
    this.judge = judge;
    this.ingestions = ingestions;
    this.announcements = announcements;
    this.clock = clock;
  }

  /**
   * Ingests one submission.
   *
   * @param trace the step that does it
   * @return the event that was said
   * @throws TransientFaultException when the store cannot be used; worth trying again
   */
  AuditEvent ingest(AuditSubmitted submitted, TraceParent trace) {
    AuditEvent event =
        ingestions.find(submitted.auditId()).orElseGet(() -> record(outcome(submitted)));
    announcements.announce(event, trace);
    return event;
  }

  /**
   * Ends an ingestion that cannot be done for a reason that nobody foresaw: the submission is put
   * aside for people to look at, and its audit fails.
   *
   * @param trace the step that does it
   * @param fault why
   */
  AuditEvent giveUp(AuditSubmitted submitted, TraceParent trace, String fault) {
    announcements.putAside(submitted, trace, fault);
    AuditEvent event =
        ingestions
            .find(submitted.auditId())
            .orElseGet(() ->
                record(
                    new Outcome(
                        failed(submitted, internal("The image could not be audited.")), null)));
    announcements.announce(event, trace);
    return event;
  }

  private AuditEvent record(Outcome outcome) {
    return ingestions.record(outcome.event(), outcome.receipt(), clock.instant());
  }

  private Outcome outcome(AuditSubmitted submitted) {
    AuditRequest request = submitted.request();
    Instant now = clock.instant();
    if (!now.isBefore(request.deadline())) {
      return new Outcome(expired(submitted), null);
    }
    try {
      return switch (submitted.image()) {
        case ImageSource.Remote source ->
            remote(submitted, source, Duration.between(now, request.deadline()));
        case ImageSource.Stored source -> new Outcome(stored(submitted, source), null);
      };
    } catch (JudgedTooLateException _) {
      return new Outcome(expired(submitted), null);
    } catch (DamagedContentException e) {
      LOG.error("Audit {} needs stored bytes that are damaged.", submitted.auditId(), e);
      return new Outcome(failed(submitted, internal("The stored image is damaged.")), null);
    } catch (IOException e) {
      throw new TransientFaultException("the content store or a decoder cannot be used", e);
    }
  }

  private Outcome remote(AuditSubmitted submitted, ImageSource.Remote source, Duration left)
      throws IOException {
    return switch (remote.fetch(source.url(), left)) {
      case FetchOutcome.NotFetched(var failure) ->
          new Outcome(notFetched(submitted, failure), null);
      case FetchOutcome.Fetched(var content, var receipt) -> {
        try (content) {
          yield new Outcome(fetched(submitted, content), receipt);
        }
      }
    };
  }

  /** What is late because of our own queues is not the fault of its server. */
  private AuditEvent notFetched(AuditSubmitted submitted, Failure failure) {
    return clock.instant().isBefore(submitted.request().deadline())
        ? failed(submitted, failure)
        : expired(submitted);
  }

  private AuditEvent fetched(AuditSubmitted submitted, StagedContent content) throws IOException {
    return switch (judge.judge(content.file(), content.sha256(), turn(submitted))) {
      case Judgement.Rejected(var failure) -> failed(submitted, failure);
      case Judgement.Accepted accepted -> {
        store.keep(submitted.request().tenant(), content);
        yield ingested(submitted, accepted);
      }
    };
  }

  private AuditEvent stored(AuditSubmitted submitted, ImageSource.Stored source)
      throws IOException {
    Optional<HeldFile> found = store.find(submitted.request().tenant(), source.sha256());
    if (found.isEmpty()) {
      return failed(submitted, internal("The uploaded image is not there."));
    }
    try (HeldFile held = found.get()) {
      return switch (judge.judge(held.file(), source.sha256(), turn(submitted))) {
        case Judgement.Rejected(var failure) -> failed(submitted, failure);
        case Judgement.Accepted accepted -> ingested(submitted, accepted);
      };
    }
  }

  /**
   * The row is written before its content is looked for once more: whoever erases content does so
   * under a lock of that row, so that no event tells of bytes that are being erased.
   */
  private AuditEvent ingested(AuditSubmitted submitted, Judgement.Accepted accepted)
      throws IOException {
    Instant now = clock.instant();
    TenantId tenant = submitted.request().tenant();
    ImageFacts facts = accepted.facts();
    store.keepPreview(tenant, facts.sha256(), accepted.preview().jpeg());
    ingestions.image(tenant, facts, accepted.details(), now);
    if (!store.contains(tenant, facts.sha256())) {
      throw new IOException("the content was erased meanwhile");
    }
    return new AuditIngested(submitted.auditId(), submitted.request(), facts, now);
  }

  private static Failure internal(String message) {
    return new Failure(FailureCode.INTERNAL_ERROR, message + " Submit it again.");
  }

  private static DecodeTurn turn(AuditSubmitted submitted) {
    return new DecodeTurn(submitted.request().tenant(), submitted.request().deadline());
  }

  private AuditEvent expired(AuditSubmitted submitted) {
    return AuditConcluded.expired(submitted.auditId(), submitted.request(), null, clock.instant());
  }

  private AuditEvent failed(AuditSubmitted submitted, Failure failure) {
    return AuditConcluded.failed(
        submitted.auditId(), submitted.request(), failure, null, clock.instant());
  }
}
