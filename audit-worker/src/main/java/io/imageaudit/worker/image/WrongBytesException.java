package io.imageaudit.worker.image;

import java.io.IOException;

/** The content store answers, and does not have the bytes that an address names. */
public final class WrongBytesException extends IOException {

  private static final long serialVersionUID = 1;

  WrongBytesException(String message) {
    super(message);
  }
}
