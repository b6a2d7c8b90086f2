package io.imageaudit.gateway.problem;

import static java.util.Objects.requireNonNull;

import io.imageaudit.model.ApiResponse;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;

/** Puts answers into the envelope, in the client's language. */
public final class Answers {

  private final MessageSource messages;
  private final Map<ProblemCode, Counter> refused = new EnumMap<>(ProblemCode.class);

  Answers(MessageSource messages, MeterRegistry registry) {
    this.messages = messages;
    for (ProblemCode code : ProblemCode.values()) {
      refused.put(
          code,
          Counter.builder("image.audit.refused")
              .description("calls answered with a problem")
              .tag("code", code.name())
              .register(registry));
    }
  }

  /** The envelope of a call that succeeded. */
  public <T> ApiResponse<T> success(String code, T data, Locale locale) {
    return ApiResponse.success(code, sentence("answer." + code, List.of(), locale), data);
  }

  /** The envelope of a problem, which is counted. */
  public ApiResponse<Object> problem(ProblemCode code, List<Fault> faults, Locale locale) {
    requireNonNull(refused.get(code)).increment();
    return ApiResponse.failure(
        code.name(), sentence("problem." + code, List.of(), locale), errors(faults, locale));
  }

  /** Each fault as {@code field: what is wrong}. */
  public List<String> errors(List<Fault> faults, Locale locale) {
    return faults.stream()
        .map(fault ->
            fault.field() + ": " + sentence("fault." + fault.reason(), fault.details(), locale))
        .toList();
  }

  private String sentence(String key, List<Object> details, Locale locale) {
    return messages.getMessage(key, details.stream().map(Answers::plain).toArray(), locale);
  }

  /** Numbers without the grouping that a locale would put in. */
  private static Object plain(Object detail) {
    return detail instanceof Number ? detail.toString() : detail;
  }
}
