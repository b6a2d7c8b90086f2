package io.imageaudit.worker.inference;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Failed.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gRPC's status codes mean for an inference. */
final class GrpcFaults {

  /** How long a server asks to be left alone, milliseconds (gRPC proposal A6). */
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /** How gRPC's libraries in C++, Go and Python, and in Java, say so. */
  private static final List<String> TOO_LARGE = List.of("larger than max", "exceeds maximum size");

  private static final int LONGEST_MESSAGE = 300;
  private static final int LONGEST_PUSHBACK_DIGITS = 7;
  private static final Duration NOT_AGAIN = Duration.ofMillis(-1);

  private GrpcFaults() {}

  static Failed of(StatusRuntimeException fault) {
    Status status = fault.getStatus();
    return new Failed(kind(status), status.getCode().name(), message(status), pushback(fault));
  }

  /** A message that is too large, for the server or for us, may be so because of its batch. */
  private static Kind kind(Status status) {
    boolean tooLarge =
        status.getCode() == Status.Code.RESOURCE_EXHAUSTED
            && TOO_LARGE.stream().anyMatch(String.valueOf(status.getDescription())::contains);
    return tooLarge ? Kind.REJECTED : kind(status.getCode());
  }

  static Kind kind(Status.Code code) {
    return switch (code) {
      case UNAVAILABLE, RESOURCE_EXHAUSTED, ABORTED, CANCELLED -> Kind.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Kind.TIMED_OUT;
      case INTERNAL, UNKNOWN, DATA_LOSS, OK -> Kind.FAULTY;
      case INVALID_ARGUMENT, OUT_OF_RANGE, ALREADY_EXISTS -> Kind.REJECTED;
      case NOT_FOUND, UNIMPLEMENTED, FAILED_PRECONDITION, UNAUTHENTICATED, PERMISSION_DENIED ->
          Kind.MISCONFIGURED;
    };
  }

  private static String message(Status status) {
    String text = status.getDescription() == null ? "" : status.getDescription();
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
  }

  /** What is no number of milliseconds counts as negative, says the proposal. */
  private static @Nullable Duration pushback(StatusRuntimeException fault) {
    Metadata trailers = fault.getTrailers();
    String millis = trailers == null ? null : trailers.get(PUSHBACK);
    if (millis == null) {
      return null;
    }
    return millis.matches("\\d{1," + LONGEST_PUSHBACK_DIGITS + "}")
        ? Duration.ofMillis(Long.parseLong(millis))
        : NOT_AGAIN;
  }
}
