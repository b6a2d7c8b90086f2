package io.imageaudit.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict rests on: with the digest of the image and the version of the policy, everything
 * that is needed to repeat the decision.
 *
 * @param checks each check that was asked
 * @param thresholds the rule that counted for each category that was observed
 * @param readMillis time to read the bytes
 * @param decodeMillis time to decode
 * @param checkMillis time until the last check had ended
 * @param decodedWidth pixels that were looked at
 * @param decodedHeight pixels that were looked at
 * @param worker which process decided
 * @param reusedFrom the audit whose verdict counts for this one as well, if one does
 */
public record Evidence(
    List<CheckEvidence> checks,
    Map<Category, Thresholds> thresholds,
    long readMillis,
    long decodeMillis,
    long checkMillis,
    int decodedWidth,
    int decodedHeight,
    String worker,
    @Nullable AuditId reusedFrom) {

  /** The verdict of another audit of the same content; its record holds what it rests on. */
  public static Evidence reused(AuditId from, String worker) {
    return new Evidence(List.of(), Map.of(), 0, 0, 0, 0, 0, worker, from);
  }

  /** Copies the collections. */
  public Evidence {
    checks = List.copyOf(checks);
    thresholds = Map.copyOf(thresholds);
  }

  /**
   * One check.
   *
   * @param check its name
   * @param model name of the model that looked; of a check that could not look the names of all
   *     models that were asked, in order
   * @param version of that model
   * @param input identity of the way in which the picture was prepared
   * @param scores everything that the model said: the highest score of each label
   * @param tries how often models were asked
   * @param millis time from the first try to the answer, or to the last one that failed
   * @param missing why the check could not look, if it could not
   */
  public record CheckEvidence(
      String check,
      @Nullable String model,
      @Nullable String version,
      @Nullable String input,
      Map<String, Double> scores,
      int tries,
      long millis,
      @Nullable String missing) {

    /** Copies the map. */
    public CheckEvidence {
      scores = Map.copyOf(scores);
    }
  }

  /**
   * A policy's rule.
   *
   * @param review lowest score for REVIEW, if any
   * @param block lowest score for BLOCK, if any
   */
  public record Thresholds(@Nullable Double review, @Nullable Double block) {}
}
