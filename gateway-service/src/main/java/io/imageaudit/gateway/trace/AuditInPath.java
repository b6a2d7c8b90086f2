package io.imageaudit.gateway.trace;

import io.imageaudit.model.AuditId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Says on each log line of a request which audit its path names, if it names one. */
final class AuditInPath implements HandlerInterceptor {

  private static final String CONTEXT = AuditInPath.class.getName();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
    if (variables instanceof Map<?, ?> all && all.get("auditId") instanceof String text) {
      AuditId.parse(text).ifPresent(id -> request.setAttribute(CONTEXT, LogContext.of(id)));
    }
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception fault) {
    if (request.getAttribute(CONTEXT) instanceof LogContext context) {
      context.close();
    }
  }
}
