package io.imageaudit.gateway.submit;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code Idempotency-Key} header, plain or as a quoted string (structured field). */
final class IdempotencyKeys {

  static final String HEADER = "Idempotency-Key";

  private static final Pattern FORM = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}");

  private IdempotencyKeys() {}

  /**
   * The key of a request, if it has one.
   *
   * @throws ProblemException when there is more than one, or it has another form
   */
  static @Nullable String of(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(HEADER));
    if (values.isEmpty()) {
      return null;
    }
    String key = unquoted(values.getFirst());
    if (values.size() > 1 || !FORM.matcher(key).matches()) {
      throw ProblemException.of(
          ProblemCode.VALIDATION_ERROR, List.of(Fault.of(HEADER, "idempotency_key")));
    }
    return key;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
