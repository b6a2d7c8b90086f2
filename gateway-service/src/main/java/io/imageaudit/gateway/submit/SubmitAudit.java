package io.imageaudit.gateway.submit;

import com.github.f4b6a3.uuid.UuidCreator;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventNotPublishedException;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The step: hand the image's bytes on, write the audit down, announce it, give a receipt. A receipt
 * is given only for what is written down and announced.
 *
 * <p>When the announcement fails, an audit without an Idempotency-Key is taken back, as nobody will
 * ask for it again. One with a key stays: the client's repetition announces it again under the same
 * identity.
 */
final class SubmitAudit {

  private static final Logger LOG = LoggerFactory.getLogger(SubmitAudit.class);

  private final ImageUploads uploads;
  private final AcceptedAudits audits;
  private final EventPublisher events;
  private final KeysInProgress keys;
  private final InstantSource clock;

  SubmitAudit(
      ImageUploads uploads, AcceptedAudits audits, EventPublisher events, InstantSource clock) {
    this.uploads = uploads;
    this.audits = audits;
    this.events = events;
    this.keys = new KeysInProgress();
    this.clock = clock;
  }

  SubmitOutcome submit(Submission submission) {
    if (!keys.begin(submission.tenant(), submission.idempotencyKey())) {
      return new SubmitOutcome.KeyInProgress();
    }
    try {
      return take(submission);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("An audit cannot be written down; nothing was accepted: {}", e.toString());
      return new SubmitOutcome.Unavailable();
    } finally {
      keys.end(submission.tenant(), submission.idempotencyKey());
    }
  }

  private SubmitOutcome take(Submission submission) {
    return switch (submission.order().image()) {
      case OfferedImage.Remote remote -> accept(submission, new ImageSource.Remote(remote.url()));
      case OfferedImage.Content content -> upload(submission, content);
    };
  }

  private SubmitOutcome upload(Submission submission, OfferedImage.Content content) {
    return switch (uploads.store(submission.tenant(), content, submission.trace())) {
      case ImageUploads.Outcome.Stored stored -> accept(submission, stored.image());
      case ImageUploads.Outcome.TooLarge _ -> new SubmitOutcome.TooLarge();
      case ImageUploads.Outcome.Unavailable _ -> new SubmitOutcome.Unavailable();
    };
  }

  private SubmitOutcome accept(Submission submission, ImageSource image) {
    AuditSubmitted event = event(submission, image);
    Acceptance acceptance = new Acceptance(event, repeat(submission, image));
    return switch (audits.record(List.of(acceptance)).getFirst()) {
      case AcceptedAudits.Recorded.New _ -> announceFirst(acceptance, submission.trace());
      case AcceptedAudits.Recorded.Earlier earlier ->
          earlier.isOf(acceptance)
              ? announceAgain(earlier, submission.trace())
              : new SubmitOutcome.KeyReused();
    };
  }

  private static Acceptance.@Nullable Repeat repeat(Submission submission, ImageSource image) {
    String key = submission.idempotencyKey();
    return key == null
        ? null
        : new Acceptance.Repeat(key, RequestDigest.of(submission.order(), image));
  }

  private SubmitOutcome announceFirst(Acceptance acceptance, TraceParent trace) {
    AuditSubmitted event = acceptance.event();
    if (announce(event, trace)) {
      return new SubmitOutcome.Accepted(event.auditId(), false);
    }
    if (acceptance.repeat() == null) {
      audits.withdraw(event.auditId());
    }
    return new SubmitOutcome.Unavailable();
  }

  private SubmitOutcome announceAgain(AcceptedAudits.Recorded.Earlier earlier, TraceParent trace) {
    AuditSubmitted event = earlier.event();
    if (earlier.status() == AuditStatus.QUEUED && !announce(event, trace)) {
      return new SubmitOutcome.Unavailable();
    }
    return new SubmitOutcome.Accepted(event.auditId(), true);
  }

  private boolean announce(AuditSubmitted event, TraceParent trace) {
    try {
      events.publish(EventTopic.SUBMITTED, event, trace);
      return true;
    } catch (EventNotPublishedException e) {
      LOG.warn("Audit {} cannot be announced: {}", event.auditId(), e.toString());
      return false;
    }
  }

  private AuditSubmitted event(Submission submission, ImageSource image) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    AuditOrder order = submission.order();
    AuditRequest request =
        new AuditRequest(
            submission.tenant(),
            order.reference(),
            order.callback(),
            order.strategy(),
            order.imageRole(),
            order.priority(),
            submission.trace().traceId(),
            now,
            now.plus(order.timeout()));
    return new AuditSubmitted(new AuditId(UuidCreator.getTimeOrderedEpoch(now)), request, image);
  }
}
