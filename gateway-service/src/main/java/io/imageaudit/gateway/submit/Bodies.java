package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.overload.BodyMemory;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;

/** Reads JSON bodies of requests, as far as there is memory for them. */
final class Bodies {

  private final BodyMemory memory;

  Bodies(BodyMemory memory) {
    this.memory = memory;
  }

  /**
   * Reads a body and does with it what is to be done, while the memory for it is held.
   *
   * @param limit largest body, bytes
   * @throws ProblemException when it is too large, compressed, or comes with parameters
   */
  <T, R> R read(
      HttpServletRequest request, long limit, Function<InputStream, T> reader, Function<T, R> use) {
    refuseParameters(request);
    if (request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
      throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
    }
    long length = request.getContentLengthLong();
    if (length > limit) {
      throw ProblemException.of(ProblemCode.PAYLOAD_TOO_LARGE);
    }
    try (BodyMemory.Held held = memory.hold(length < 0 ? limit : length)) {
      T value = reader.apply(body(request));
      held.shrink();
      return use.apply(value);
    }
  }

  private static InputStream body(HttpServletRequest request) {
    try {
      return request.getInputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing is read from the address, so whatever stands there is a mistake. */
  private static void refuseParameters(HttpServletRequest request) {
    if (request.getQueryString() != null) {
      List<Fault> faults = request.getParameterMap().keySet().stream().map(Fault::unknown).toList();
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
  }
}
