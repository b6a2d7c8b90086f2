package io.imageaudit.gateway.problem;

import io.imageaudit.model.ApiResponse;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** Puts answers into the envelope, in the client's language. */
public final class Answers {

  private final MessageSource messages;

  Answers(MessageSource messages) {
    this.messages = messages;
  }

  /** The envelope of a call that succeeded. */
  public <T> ApiResponse<T> success(String code, T data, Locale locale) {
    return ApiResponse.success(code, sentence("answer." + code, List.of(), locale), data);
  }

  /** The envelope of a problem. */
  public ApiResponse<Object> problem(ProblemCode code, List<Fault> faults, Locale locale) {
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
