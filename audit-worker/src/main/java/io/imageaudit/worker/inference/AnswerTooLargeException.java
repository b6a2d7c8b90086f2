package io.imageaudit.worker.inference;

import java.io.IOException;

/** An answer that is larger than we are willing to read. */
final class AnswerTooLargeException extends IOException {

  private static final long serialVersionUID = 1;

  AnswerTooLargeException(int most) {
    super("above " + most + " bytes");
  }
}
