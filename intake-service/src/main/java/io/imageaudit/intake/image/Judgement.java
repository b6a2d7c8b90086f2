package io.imageaudit.intake.image;

import io.imageaudit.model.Failure;
import io.imageaudit.model.ImageFacts;

/** What bytes turned out to be. */
public sealed interface Judgement {

  /**
   * A picture that can be audited.
   *
   * @param facts what is told about it
   * @param details what else is known
   * @param preview for people
   */
  record Accepted(ImageFacts facts, ImageDetails details, Preview preview) implements Judgement {}

  /**
   * Nothing that can be audited.
   *
   * @param failure why, in words that the submitter may read
   */
  record Rejected(Failure failure) implements Judgement {}
}
