package io.imageaudit.intake.store;

import java.io.IOException;

/** More bytes came than may. */
public final class ContentTooLargeException extends IOException {

  private static final long serialVersionUID = 1;

  ContentTooLargeException(long limit) {
    super("more than " + limit + " bytes");
  }
}
