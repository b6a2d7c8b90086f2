package io.imageaudit.gateway.problem;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;

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
}
