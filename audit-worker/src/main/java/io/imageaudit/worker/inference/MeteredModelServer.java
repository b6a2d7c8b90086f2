package io.imageaudit.worker.inference;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Measures each call of the server: how many pictures, how long, how it ended. */
final class MeteredModelServer implements ModelServer {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final ModelServer next;
  private final String model;
  private final MeterRegistry meters;
  private final DistributionSummary sizes;

  MeteredModelServer(ModelServer next, String model, MeterRegistry meters) {
    this.next = next;
    this.model = model;
    this.meters = meters;
    this.sizes =
        DistributionSummary.builder("image.audit.batch.size").tag("model", model).register(meters);
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    sizes.record(batch.size());
    Timer.Sample start = Timer.start(meters);
    String ended = "BROKEN";
    try {
      InferenceOutcome outcome = next.infer(batch);
      ended = word(outcome);
      return outcome;
    } finally {
      start.stop(timer(ended));
    }
  }

  private Timer timer(String outcome) {
    return Timer.builder("image.audit.inference")
        .tag("model", model)
        .tag("outcome", outcome)
        .publishPercentileHistogram()
        .minimumExpectedValue(SHORTEST)
        .maximumExpectedValue(LONGEST)
        .register(meters);
  }

  private static String word(InferenceOutcome outcome) {
    return switch (outcome) {
      case InferenceOutcome.Answered _ -> "ANSWERED";
      case InferenceOutcome.Withheld _ -> "WITHHELD";
      case InferenceOutcome.Failed failed -> failed.kind().name();
    };
  }
}
