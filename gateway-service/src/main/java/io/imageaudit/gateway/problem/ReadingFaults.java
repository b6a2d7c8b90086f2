package io.imageaudit.gateway.problem;

import org.apache.coyote.BadRequestException;

/** Tells requests that break off, or come too slowly, from faults of our own input and output. */
final class ReadingFaults {

  private ReadingFaults() {}

  /** Whether the fault, or one that it was caused by, is Tomcat's of reading a request. */
  static boolean isOne(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadRequestException) {
        return true;
      }
    }
    return false;
  }
}
