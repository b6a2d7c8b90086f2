package io.imageaudit.intake.fetch;

import java.io.IOException;

/** The bytes came, but could not be written here: a fault of ours, not of the server. */
final class StagingException extends IOException {

  private static final long serialVersionUID = 1;

  StagingException(IOException cause) {
    super("the download cannot be written", cause);
  }
}
