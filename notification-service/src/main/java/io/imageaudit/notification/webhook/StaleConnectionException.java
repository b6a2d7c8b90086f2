package io.imageaudit.notification.webhook;

import java.io.IOException;

/** A connection that had been used before was found closed by the receiver. */
final class StaleConnectionException extends IOException {

  private static final long serialVersionUID = 1;

  StaleConnectionException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
