package io.imageaudit.gateway.trace;

import io.imageaudit.model.TraceParent;
import jakarta.servlet.http.HttpServletRequest;

/** The place of the current request in its trace. */
public final class Trace {

  static final String ATTRIBUTE = Trace.class.getName();

  private Trace() {}

  /**
   * The request's place in its trace.
   *
   * @throws IllegalStateException when the request did not pass the filter of this package
   */
  public static TraceParent of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof TraceParent trace) {
      return trace;
    }
    throw new IllegalStateException("the request did not pass the trace filter");
  }
}
