package io.imageaudit.gateway.callback;

import io.imageaudit.gateway.access.Caller;
import io.imageaudit.gateway.body.StrictJson;
import io.imageaudit.gateway.internal.InternalCalls;
import io.imageaudit.gateway.problem.Answers;
import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.trace.Trace;
import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/**
 * Passes calls about a tenant's callbacks on to notification-service, and its answers back. The
 * tenant is always the caller's; parameters and fields that are not known go no further.
 */
final class CallbackDesk {

  private static final int MOST_BYTES = 64 << 10;

  private final InternalCalls calls;
  private final NotificationSettings notification;
  private final Answers answers;

  CallbackDesk(InternalCalls calls, NotificationSettings notification, Answers answers) {
    this.calls = calls;
    this.notification = notification;
    this.answers = answers;
  }

  /** Passes a call on for its caller and answers with what came of it. */
  ResponseEntity<ApiResponse<JsonNode>> pass(
      PassedCall call, HttpServletRequest request, Caller caller, Locale locale) {
    String query = query(call, request);
    JsonNode body = call.fields().isEmpty() ? null : body(call, request);
    JsonNode data = send(call, call.path() + query, body, caller.tenant(), Trace.of(request));
    return answer(call, data, locale);
  }

  /** Asks for something on behalf of a tenant. */
  JsonNode ask(String path, TenantId tenant, TraceParent trace) {
    return send(PassedCall.get(path), path, null, tenant, trace);
  }

  /** Has something done on behalf of a tenant. */
  JsonNode send(
      PassedCall call, String path, @Nullable JsonNode body, TenantId tenant, TraceParent trace) {
    URI address = URI.create(notification.url() + "/internal/v1/tenants/" + tenant + path);
    return calls.call(call.method(), address, body, call.limit(), trace).data();
  }

  /** Answers a call that was done. */
  ResponseEntity<ApiResponse<JsonNode>> answer(PassedCall call, JsonNode data, Locale locale) {
    String code = call.status() == 201 ? "CREATED" : "OK";
    return ResponseEntity.status(call.status())
        .cacheControl(CacheControl.noStore())
        .body(answers.success(code, data, locale));
  }

  /**
   * An identity in a path.
   *
   * @throws ProblemException when it cannot be one, which is the same as none
   */
  static UUID id(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException _) {
      // It is no identity, so there is nothing that has it.
    }
    throw ProblemException.of(ProblemCode.NOT_FOUND);
  }

  private static String query(PassedCall call, HttpServletRequest request) {
    List<Fault> faults = new ArrayList<>();
    StringBuilder query = new StringBuilder();
    request
        .getParameterMap()
        .forEach((name, values) -> {
          if (!call.parameters().contains(name)) {
            faults.add(Fault.unknown(name));
          } else if (values.length > 1) {
            faults.add(Fault.of(name, "twice"));
          } else {
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=');
            query.append(URLEncoder.encode(values[0], StandardCharsets.UTF_8));
          }
        });
    if (!faults.isEmpty()) {
      throw ProblemException.of(ProblemCode.VALIDATION_ERROR, faults);
    }
    return query.toString();
  }

  private static JsonNode body(PassedCall call, HttpServletRequest request) {
    try {
      return new StrictJson(MOST_BYTES).readObject(request.getInputStream(), call.fields());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
