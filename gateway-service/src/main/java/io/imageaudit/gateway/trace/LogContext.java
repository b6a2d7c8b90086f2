package io.imageaudit.gateway.trace;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.event.AuditEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Says on each log line of this thread, until closed, which audit it is about. */
public final class LogContext implements AutoCloseable {

  static final String TRACE_ID = "trace_id";

  private static final String TENANT = "tenant";
  private static final String AUDIT_ID = "audit_id";

  private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

  private LogContext() {}

  /** The audit of an event, with its tenant and trace. */
  public static LogContext of(AuditEvent event) {
    LogContext context = new LogContext();
    MDC.put(TRACE_ID, event.request().traceId());
    MDC.put(TENANT, event.request().tenant().value());
    MDC.put(AUDIT_ID, event.auditId().toString());
    return context;
  }

  /** An audit of which no more is known. */
  public static LogContext of(AuditId auditId) {
    LogContext context = new LogContext();
    MDC.put(AUDIT_ID, auditId.toString());
    return context;
  }

  /** Nothing is known. */
  public static LogContext none() {
    return new LogContext();
  }

  @Override
  public void close() {
    if (before == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(before);
    }
  }
}
