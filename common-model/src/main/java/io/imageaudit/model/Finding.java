package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one check saw in an image, and what the policy makes of it.
 *
 * @param category the canonical kind of violation
 * @param label the check's own word for it
 * @param score how sure the check is, 0..1
 * @param action what the policy asks for because of this finding
 * @param source where in the image it was seen
 * @param check name of the check
 * @param box where in the picture, if the check says so
 * @param text the text that was read, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
    Category category,
    String label,
    double score,
    Verdict action,
    FindingSource source,
    String check,
    @Nullable Box box,
    @Nullable String text) {

  /**
   * Checks the score.
   *
   * @throws IllegalArgumentException when the score is not within 0..1
   */
  public Finding {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score: " + score + " (expected: 0..1)");
    }
  }
}
