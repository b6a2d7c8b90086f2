package io.imageaudit.worker.audit;

import io.imageaudit.model.Category;
import io.imageaudit.model.Evidence;
import io.imageaudit.model.Evidence.CheckEvidence;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.worker.check.CheckOutcome;
import io.imageaudit.worker.check.CheckOutcome.Missing;
import io.imageaudit.worker.check.CheckOutcome.Seen;
import io.imageaudit.worker.check.Observation;
import io.imageaudit.worker.inference.Detection;
import io.imageaudit.worker.policy.Policy;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Writes down what a verdict rests on. */
final class Evidences {

  private final String worker;

  Evidences(String worker) {
    this.worker = worker;
  }

  Evidence of(AuditIngested event, Policy policy, Judgement.Judged judged) {
    Timings timings = judged.timings();
    return new Evidence(
        judged.outcomes().stream().map(Evidences::check).toList(),
        thresholds(event, policy, judged),
        Duration.between(timings.start(), timings.read()).toMillis(),
        Duration.between(timings.read(), timings.decoded()).toMillis(),
        Duration.between(timings.decoded(), timings.checked()).toMillis(),
        judged.width(),
        judged.height(),
        worker,
        null);
  }

  Evidence reused(AuditConcluded from) {
    return Evidence.reused(from.auditId(), worker);
  }

  private static CheckEvidence check(CheckOutcome outcome) {
    return switch (outcome) {
      case Seen seen ->
          new CheckEvidence(
              seen.check(),
              seen.model(),
              seen.version(),
              seen.input(),
              highest(seen),
              seen.tries(),
              seen.took().toMillis(),
              null);
      case Missing missing ->
          new CheckEvidence(
              missing.check(),
              missing.models().isEmpty() ? null : String.join(", ", missing.models()),
              null,
              null,
              Map.of(),
              missing.tries(),
              missing.took().toMillis(),
              missing.code() + ": " + missing.message());
    };
  }

  private static Map<String, Double> highest(Seen seen) {
    Map<String, Double> scores = new TreeMap<>();
    for (Detection detection : seen.detections()) {
      scores.merge(detection.label(), detection.score(), Math::max);
    }
    return scores;
  }

  private static Map<Category, Evidence.Thresholds> thresholds(
      AuditIngested event, Policy policy, Judgement.Judged judged) {
    Map<Category, Evidence.Thresholds> thresholds = new java.util.HashMap<>();
    for (Seen seen : judged.seen()) {
      for (Observation observation : seen.observations()) {
        policy
            .thresholds(
                observation.category(), event.request().tenant(), event.request().imageRole())
            .ifPresent(rule ->
                thresholds.put(
                    observation.category(), new Evidence.Thresholds(rule.review(), rule.block())));
      }
    }
    return thresholds;
  }
}
