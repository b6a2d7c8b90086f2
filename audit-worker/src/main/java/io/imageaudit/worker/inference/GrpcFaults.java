package io.imageaudit.worker.inference;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import io.imageaudit.worker.inference.InferenceOutcome.Failed.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What gRPC's status codes mean for an inference. */
final class GrpcFaults {

  /** How long a server asks to be left alone, milliseconds (gRPC proposal A6). */
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private static final int LONGEST_MESSAGE = 300;
  private static final int LONGEST_PUSHBACK_DIGITS = 7;

  private GrpcFaults() {}

  static Failed of(StatusRuntimeException fault) {
    Status status = fault.getStatus();
    return new Failed(
        kind(status.getCode()), status.getCode().name(), message(status), pushback(fault));
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

  private static @Nullable Duration pushback(StatusRuntimeException fault) {
    Metadata trailers = fault.getTrailers();
    String millis = trailers == null ? null : trailers.get(PUSHBACK);
    return millis == null || !millis.matches("\\d{1," + LONGEST_PUSHBACK_DIGITS + "}")
        ? null
        : Duration.ofMillis(Long.parseLong(millis));
  }
}
