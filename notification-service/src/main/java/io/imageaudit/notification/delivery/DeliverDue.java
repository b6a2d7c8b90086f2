package io.imageaudit.notification.delivery;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.kafka.TransientFaults;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.notification.endpoint.MessageForm;
import io.imageaudit.notification.endpoint.SigningKeys;
import io.imageaudit.notification.webhook.WebhookMessage;
import io.imageaudit.notification.webhook.WebhookReply;
import io.imageaudit.notification.webhook.WebhookSender;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Makes one attempt: signs the message, sends it, and says what follows from the reply. */
final class DeliverDue {

  private static final Logger LOG = LoggerFactory.getLogger(DeliverDue.class);

  private final SigningKeys signingKeys;
  private final WebhookSender sender;
  private final DeliveryRules rules;
  private final InstantSource clock;
  private final Traces traces;

  DeliverDue(
      SigningKeys signingKeys,
      WebhookSender sender,
      DeliveryRules rules,
      InstantSource clock,
      Traces traces) {
    this.signingKeys = signingKeys;
    this.sender = sender;
    this.rules = rules;
    this.clock = clock;
    this.traces = traces;
  }

  Settlement attempt(Claim claim) {
    try (var _ = MDC.putCloseable("trace_id", claim.traceId());
        var _ = MDC.putCloseable("tenant", claim.tenant().value());
        var _ = MDC.putCloseable("audit_id", claim.auditId().toString());
        Step step = traces.begin(StepKind.CLIENT, "callback", told(claim));
        var _ = MDC.putCloseable("span_id", step.place().spanId())) {
      Instant startedAt = clock.instant();
      WebhookReply reply = send(claim, step.place());
      Duration took = Duration.between(startedAt, clock.instant());
      DeliveryOutcome outcome = rules.after(claim.tenant(), claim.turn(), reply);
      report(claim, reply, outcome);
      describe(step, claim, reply);
      return new Settlement(claim, log(startedAt, took, reply), outcome, Signal.of(reply));
    }
  }

  /** A fault of ours that does not pass by itself is a failed try: it must not go on for ever. */
  private WebhookReply send(Claim claim, TraceParent place) {
    try {
      return sender.send(message(claim, place));
    } catch (Throwable e) {
      if (TransientFaults.passesByItself(e)) {
        throw e;
      }
      LOG.error("delivery {} cannot be sent for a reason of ours", claim.deliveryId(), e);
      return new WebhookReply.Unreachable(
          WebhookReply.Fault.INTERNAL, "The message could not be sent.");
    }
  }

  /** The step that planned to tell it. */
  private static TraceParent told(Claim claim) {
    return TraceParent.named(claim.traceId(), claim.eventId());
  }

  private static void describe(Step step, Claim claim, WebhookReply reply) {
    step.note("image_audit.attempt", Integer.toString(claim.attempt()));
    step.note("image_audit.reply", shortly(reply));
    if (!(reply instanceof WebhookReply.Answered answer) || answer.status() >= 300) {
      step.fail(shortly(reply));
    }
  }

  private WebhookMessage message(Claim claim, TraceParent trace) {
    return new WebhookMessage(
        claim.url(),
        claim.messageId(),
        contentType(claim.style().form()),
        body(claim),
        signingKeys.of(claim.tenant(), claim.style()),
        trace);
  }

  private static String contentType(MessageForm form) {
    return switch (form) {
      case STANDARD -> WebhookMessage.JSON;
      case CHECKSUM -> WebhookMessage.FORM;
    };
  }

  private byte[] body(Claim claim) {
    return switch (claim.style().form()) {
      case STANDARD -> claim.body();
      case CHECKSUM -> ChecksumForm.of(claim.body(), uid(claim), seed(claim));
    };
  }

  private static String uid(Claim claim) {
    String uid = claim.style().checksumUid();
    return uid == null ? claim.tenant().value() : uid;
  }

  private String seed(Claim claim) {
    return signingKeys.seed(claim.tenant(), claim.style());
  }

  private static void report(Claim claim, WebhookReply reply, DeliveryOutcome outcome) {
    switch (outcome) {
      case DeliveryOutcome.Delivered _ ->
          LOG.debug("delivery {} arrived at attempt {}", claim.deliveryId(), claim.attempt());
      case DeliveryOutcome.RetryAfterPause retry ->
          LOG.info(
              "delivery {} attempt {} failed ({}); next in {}",
              claim.deliveryId(),
              claim.attempt(),
              shortly(reply),
              retry.pause());
      case DeliveryOutcome.Deferred deferred ->
          LOG.info(
              "delivery {} is put off ({}); next in {}",
              claim.deliveryId(),
              shortly(reply),
              deferred.pause());
      case DeliveryOutcome.GivenUp end ->
          LOG.warn(
              "delivery {} given up after attempt {} ({}): {}",
              claim.deliveryId(),
              claim.attempt(),
              shortly(reply),
              end.reason());
    }
  }

  private static String shortly(WebhookReply reply) {
    return switch (reply) {
      case WebhookReply.Answered answer -> "status " + answer.status();
      case WebhookReply.Unreachable failure -> failure.fault().name();
      case WebhookReply.Refused _ -> "refused";
    };
  }

  private static AttemptLog log(Instant startedAt, Duration took, WebhookReply reply) {
    return switch (reply) {
      case WebhookReply.Answered answer ->
          new AttemptLog(
              startedAt, took, answer.address(), answer.status(), null, null, answer.excerpt());
      case WebhookReply.Unreachable failure ->
          new AttemptLog(
              startedAt, took, null, null, failure.fault().name(), failure.detail(), null);
      case WebhookReply.Refused refused ->
          new AttemptLog(startedAt, took, null, null, "REFUSED", refused.reason(), null);
    };
  }
}
