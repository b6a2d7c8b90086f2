package io.imageaudit.gateway.submit;

import com.github.f4b6a3.uuid.UuidCreator;
import io.imageaudit.gateway.event.EventRound;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.event.AuditSubmitted;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The step: hand the images' bytes on, write the audits down, announce them, give receipts. A
 * receipt is given only for what is written down and announced. Several requests of one call share
 * one commit, and no request's fate touches another's.
 */
final class SubmitAudits {

  private static final Logger LOG = LoggerFactory.getLogger(SubmitAudits.class);

  private final ImageUploads uploads;
  private final AcceptedAudits audits;
  private final Announcements announcements;
  private final InstantSource clock;
  private final KeysInProgress keys = new KeysInProgress();

  SubmitAudits(
      ImageUploads uploads,
      AcceptedAudits audits,
      Announcements announcements,
      InstantSource clock) {
    this.uploads = uploads;
    this.audits = audits;
    this.announcements = announcements;
    this.clock = clock;
  }

  /** Submits all of them, which are of one request; one outcome each, in order. */
  List<SubmitOutcome> submit(List<Submission> submissions) {
    Submission any = submissions.getFirst();
    if (!keys.begin(any.tenant(), any.repeat())) {
      return Collections.nCopies(submissions.size(), new SubmitOutcome.KeyInProgress());
    }
    try {
      List<Attempt> attempts = submissions.stream().map(Attempt::new).toList();
      store(attempts);
      record(attempts.stream().filter(Attempt::isOpen).toList());
      return attempts.stream().map(Attempt::outcome).toList();
    } finally {
      keys.end(any.tenant(), any.repeat());
    }
  }

  /** Once the store is away it is not asked again: each time may take long. */
  private void store(List<Attempt> attempts) {
    boolean away = false;
    for (Attempt attempt : attempts) {
      Submission submission = attempt.submission;
      switch (submission.order().image()) {
        case OfferedImage.Remote remote ->
            attempt.acceptance = acceptance(submission, new ImageSource.Remote(remote.url()));
        case OfferedImage.Content content -> {
          upload(attempt, content, away);
          away |= attempt.outcome instanceof SubmitOutcome.Unavailable;
        }
      }
    }
  }

  private void upload(Attempt attempt, OfferedImage.Content content, boolean away) {
    Submission submission = attempt.submission;
    ImageUploads.Outcome outcome =
        away
            ? new ImageUploads.Outcome.Unavailable()
            : uploads.store(submission.tenant(), content, submission.trace());
    switch (outcome) {
      case ImageUploads.Outcome.Stored stored ->
          attempt.acceptance = acceptance(submission, stored.image());
      case ImageUploads.Outcome.TooLarge _ -> attempt.outcome = new SubmitOutcome.TooLarge();
      case ImageUploads.Outcome.Unavailable _ -> attempt.outcome = new SubmitOutcome.Unavailable();
    }
  }

  private void record(List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    List<AcceptedAudits.Recorded> recorded;
    try {
      recorded = audits.record(attempts.stream().map(Attempt::accepted).toList());
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Audits cannot be written down; nothing was accepted: {}", e.toString());
      attempts.forEach(attempt -> attempt.outcome = new SubmitOutcome.Unavailable());
      return;
    }
    EventRound round = announcements.begin();
    List<Announcements.Announcement> pending = new ArrayList<>();
    for (int index = 0; index < attempts.size(); index++) {
      Attempt attempt = attempts.get(index);
      pending.add(
          announcements.start(
              round, attempt.accepted(), recorded.get(index), attempt.submission.trace()));
    }
    for (int index = 0; index < attempts.size(); index++) {
      attempts.get(index).outcome = pending.get(index).await();
    }
  }

  private Acceptance acceptance(Submission submission, ImageSource image) {
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
    AuditId auditId = new AuditId(UuidCreator.getTimeOrderedEpoch(now));
    return new Acceptance(
        new AuditSubmitted(auditId, request, image), repeat(submission.repeat(), order, image));
  }

  private static Acceptance.@Nullable Repeat repeat(
      @Nullable RepeatKey key, AuditOrder order, ImageSource image) {
    if (key == null) {
      return null;
    }
    RepeatKey.Item item = key.item();
    return new Acceptance.Repeat(
        key.text(),
        RequestDigest.of(order, image),
        item == null ? null : new Acceptance.Repeat(key.request(), item.batch()));
  }

  /** How far one request has come within this call. */
  private static final class Attempt {

    private final Submission submission;
    private @Nullable Acceptance acceptance;
    private @Nullable SubmitOutcome outcome;

    private Attempt(Submission submission) {
      this.submission = submission;
    }

    private boolean isOpen() {
      return outcome == null;
    }

    private Acceptance accepted() {
      if (acceptance == null) {
        throw new IllegalStateException("the request was not accepted");
      }
      return acceptance;
    }

    private SubmitOutcome outcome() {
      if (outcome == null) {
        throw new IllegalStateException("the request has no outcome");
      }
      return outcome;
    }
  }
}
