package io.imageaudit.gateway.submit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what became of each image that was submitted: {@code image_audit_submitted_total} by
 * outcome. Those with the outcome {@code accepted} are new audits.
 */
final class SubmissionMeters {

  private final MeterRegistry registry;

  SubmissionMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(SubmitOutcome outcome) {
    Counter.builder("image.audit.submitted")
        .description("images submitted")
        .tag("outcome", word(outcome))
        .register(registry)
        .increment();
  }

  private static String word(SubmitOutcome outcome) {
    return switch (outcome) {
      case SubmitOutcome.Accepted accepted -> accepted.replayed() ? "replayed" : "accepted";
      case SubmitOutcome.KeyReused _ -> "key_reused";
      case SubmitOutcome.KeyInProgress _ -> "key_in_progress";
      case SubmitOutcome.TooLarge _ -> "too_large";
      case SubmitOutcome.Unavailable _ -> "unavailable";
    };
  }
}
