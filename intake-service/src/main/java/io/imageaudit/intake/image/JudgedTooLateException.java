package io.imageaudit.intake.image;

import java.io.IOException;

/** The deadline came before the picture's turn to be decoded. */
public final class JudgedTooLateException extends IOException {

  private static final long serialVersionUID = 1;

  JudgedTooLateException() {
    super("the deadline came before a decoder was free");
  }
}
