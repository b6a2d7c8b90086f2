package io.imageaudit.gateway.trace;

import io.imageaudit.model.TraceParent;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Continues the caller's trace or starts one, and says which in every answer and log line. A valid
 * {@code traceparent} counts before {@code X-Trace-ID} (32 hexadecimal digits); anything else is
 * ignored.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceFilter extends OncePerRequestFilter {

  private static final String TRACE_ID_HEADER = "X-Trace-ID";

  private final RandomGenerator random;

  TraceFilter(RandomGenerator random) {
    this.random = random;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    TraceParent trace = traceOf(request);
    request.setAttribute(Trace.ATTRIBUTE, trace);
    response.setHeader(TRACE_ID_HEADER, trace.traceId());
    response.setHeader(TraceParent.HEADER, trace.toString());
    try (MDC.MDCCloseable _ = MDC.putCloseable(LogContext.TRACE_ID, trace.traceId())) {
      chain.doFilter(request, response);
    }
  }

  private TraceParent traceOf(HttpServletRequest request) {
    @Nullable String parent = request.getHeader(TraceParent.HEADER);
    if (parent != null) {
      TraceParent known = TraceParent.parse(parent).orElse(null);
      if (known != null) {
        return known.child(random);
      }
    }
    @Nullable String traceId = request.getHeader(TRACE_ID_HEADER);
    return traceId != null && TraceParent.isTraceId(traceId)
        ? TraceParent.within(traceId, random)
        : TraceParent.start(random);
  }
}
