package io.imageaudit.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One picture, handed in in one form, and what became of it.
 *
 * @param sample the picture
 * @param form how it was handed in
 * @param receipt the answer to the submission
 * @param callback the callback, or null when none came
 */
record Trial(Sample sample, InputForm form, Receipt receipt, @Nullable Callback callback) {

  /** The verdict, or the code of the failure, or what else there is to say. */
  String outcome() {
    return switch (receipt) {
      case Receipt.Refused refused -> refused.code();
      case Receipt.Accepted _ -> callback == null ? "no callback" : outcomeOf(callback.data());
    };
  }

  private static String outcomeOf(JsonNode result) {
    String verdict = result.path("verdict").asString("");
    return verdict.isEmpty() ? result.path("error").path("code").asString("?") : verdict;
  }

  /** Whether the outcome and the violations are those of the sample. */
  boolean isAsExpected() {
    return outcome().equals(sample.outcome()) && violations().containsAll(sample.categories());
  }

  /** Whether a callback came and its signature is right. */
  boolean isVerified() {
    return callback != null && callback.verified();
  }

  private List<String> violations() {
    List<String> categories = new ArrayList<>();
    if (callback != null) {
      callback.data().path("violations").forEach(each -> categories.add(each.asString()));
    }
    return categories;
  }

  /** The findings with the highest scores, such as {@code divert.qrcode 0.99}. */
  List<String> topFindings(int count) {
    if (callback == null) {
      return List.of();
    }
    List<JsonNode> findings = new ArrayList<>();
    callback.data().path("findings").forEach(findings::add);
    return findings.stream()
        .filter(finding -> !finding.path("action").asString("").equals("pass"))
        .sorted((a, b) -> Double.compare(score(b), score(a)))
        .limit(count)
        .map(finding -> "%s %.2f".formatted(finding.path("category").asString(""), score(finding)))
        .toList();
  }

  private static double score(JsonNode finding) {
    return finding.path("score").asDouble(0);
  }

  /** Time from the 202 to the callback; empty without one. */
  OptionalLong millis() {
    return receipt instanceof Receipt.Accepted accepted && callback != null
        ? OptionalLong.of(Math.max(0, (callback.atNanos() - accepted.atNanos()) / 1_000_000))
        : OptionalLong.empty();
  }
}
