package io.imageaudit.worker.image;

import io.imageaudit.model.Failure;

/** How decoding ended. */
public sealed interface DecodeOutcome {

  /**
   * There is a picture.
   *
   * @param picture to be closed by the caller
   */
  record Decoded(Picture picture) implements DecodeOutcome {}

  /**
   * There is none.
   *
   * @param failure why
   */
  record Undecodable(Failure failure) implements DecodeOutcome {}
}
