package io.imageaudit.worker.audit;

import io.imageaudit.model.Coverage;
import io.imageaudit.model.Failure;
import io.imageaudit.worker.check.CheckOutcome;
import io.imageaudit.worker.inference.Hope;
import java.util.List;

/** What looking at an image gave. */
sealed interface Judgement {

  /**
   * The checks were asked.
   *
   * @param outcomes one per check
   * @param timings when each step ended
   * @param width pixels that were looked at
   * @param height pixels that were looked at
   * @param coverage how much of the image was looked at
   */
  record Judged(
      List<CheckOutcome> outcomes, Timings timings, int width, int height, Coverage coverage)
      implements Judgement {

    /** Copies the list. */
    public Judged {
      outcomes = List.copyOf(outcomes);
    }

    List<CheckOutcome.Missing> missing() {
      return outcomes.stream()
          .filter(CheckOutcome.Missing.class::isInstance)
          .map(CheckOutcome.Missing.class::cast)
          .toList();
    }

    /** Whether a check is missing that may look at another time. */
    boolean lacks(Hope hope) {
      return missing().stream().anyMatch(missing -> missing.hope() == hope);
    }

    List<CheckOutcome.Seen> seen() {
      return outcomes.stream()
          .filter(CheckOutcome.Seen.class::isInstance)
          .map(CheckOutcome.Seen.class::cast)
          .toList();
    }
  }

  /**
   * There is no picture to look at.
   *
   * @param failure why
   */
  record Unjudged(Failure failure) implements Judgement {}
}
