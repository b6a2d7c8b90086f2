package io.imageaudit.worker.policy;

import io.imageaudit.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * When a category asks for action.
 *
 * @param review the lowest score that asks for a person; none when no score does
 * @param block the lowest score that blocks; none when no score does
 */
public record Rule(@Nullable Double review, @Nullable Double block) {

  /**
   * Checks the thresholds.
   *
   * @throws IllegalArgumentException when one is not within 0..1, or review is above block
   */
  public Rule {
    require("review", review);
    require("block", block);
    if (review != null && block != null && review > block) {
      throw new IllegalArgumentException(
          "review: " + review + " (expected: at most block, " + block + ")");
    }
  }

  Verdict actionAt(double score) {
    if (block != null && score >= block) {
      return Verdict.BLOCK;
    }
    return review != null && score >= review ? Verdict.REVIEW : Verdict.PASS;
  }

  private static void require(String field, @Nullable Double threshold) {
    if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(field + ": " + threshold + " (expected: 0..1)");
    }
  }
}
