package io.imageaudit.gateway.problem;

import java.io.EOFException;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.springframework.core.NestedExceptionUtils;

/** Tells Tomcat's reasons for refusing a multipart form apart. */
final class MultipartFaults {

  private MultipartFaults() {}

  static boolean isTooLarge(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SizeException
          || cause instanceof InvalidParameterException refused && refused.getErrorCode() == 413) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether it is not the form that is at fault: it cannot be written to the disk. Tomcat says so
   * with the very exception of the platform, and with one of its own whatever is wrong with a form.
   */
  static boolean isOurs(Throwable fault) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(fault);
    return root instanceof IOException
        && !(root instanceof EOFException)
        && !ReadingFaults.isOne(fault)
        && root.getClass().getName().startsWith("java.");
  }
}
