package io.imageaudit.gateway.problem;

/** Which problem an HTTP status stands for when the framework or the server chose the status. */
final class ProblemCodes {

  private ProblemCodes() {}

  static ProblemCode of(int status) {
    return switch (status) {
      case 401 -> ProblemCode.UNAUTHENTICATED;
      case 403 -> ProblemCode.FORBIDDEN;
      case 404 -> ProblemCode.NOT_FOUND;
      case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
      case 406 -> ProblemCode.NOT_ACCEPTABLE;
      case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
      case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
      case 429 -> ProblemCode.RATE_LIMITED;
      case 501 -> ProblemCode.VALIDATION_ERROR; // A Transfer-Encoding that Tomcat does not know.
      case 503 -> ProblemCode.UNAVAILABLE;
      default -> status < 500 ? ProblemCode.VALIDATION_ERROR : ProblemCode.INTERNAL_ERROR;
    };
  }
}
