package io.imageaudit.gateway.trace;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
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
import org.springframework.web.servlet.HandlerMapping;

/**
 * Continues the caller's trace or starts one, and says which in every answer and log line. A valid
 * {@code traceparent} counts before {@code X-Trace-ID} (32 hexadecimal digits); anything else is
 * ignored.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TraceFilter extends OncePerRequestFilter {

  private static final String TRACE_ID_HEADER = "X-Trace-ID";

  private final Traces traces;
  private final RandomGenerator random;

  TraceFilter(Traces traces, RandomGenerator random) {
    this.traces = traces;
    this.random = random;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (Step step = begin(request)) {
      TraceParent trace = step.place();
      request.setAttribute(Trace.ATTRIBUTE, trace);
      response.setHeader(TRACE_ID_HEADER, trace.traceId());
      response.setHeader(TraceParent.HEADER, trace.toString());
      try (MDC.MDCCloseable _ = MDC.putCloseable(LogContext.TRACE_ID, trace.traceId());
          MDC.MDCCloseable _ = MDC.putCloseable("span_id", trace.spanId())) {
        chain.doFilter(request, response);
      } finally {
        describe(step, request, response);
      }
    }
  }

  /** The route, never the path: that one names audits and whatever callers make up. */
  private static void describe(
      Step step, HttpServletRequest request, HttpServletResponse response) {
    int status = response.getStatus();
    if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
        instanceof Object route) {
      step.rename(request.getMethod() + " " + route);
      step.note("http.route", route.toString());
    }
    step.note("http.request.method", request.getMethod());
    step.note("http.response.status_code", Integer.toString(status));
    if (status >= 500) {
      step.fail("status " + status);
    }
  }

  private Step begin(HttpServletRequest request) {
    @Nullable String parent = request.getHeader(TraceParent.HEADER);
    if (parent != null) {
      TraceParent known = TraceParent.parse(parent).orElse(null);
      if (known != null) {
        return traces.begin(StepKind.SERVER, request.getMethod(), known);
      }
    }
    @Nullable String traceId = request.getHeader(TRACE_ID_HEADER);
    TraceParent first =
        traceId != null && TraceParent.isTraceId(traceId)
            ? TraceParent.within(traceId, random)
            : TraceParent.start(random);
    return traces.begin(StepKind.SERVER, request.getMethod(), null, first);
  }
}
