package io.imageaudit.gateway.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem where no controller can: in filters and after them. */
public final class ProblemWriter {

  private final Answers answers;
  private final JsonMapper json;
  private final LocaleResolver languages;

  ProblemWriter(Answers answers, JsonMapper json, LocaleResolver languages) {
    this.answers = answers;
    this.json = json;
    this.languages = languages;
  }

  /** Writes the answer, unless one is under way already. */
  public void write(
      HttpServletRequest request, HttpServletResponse response, ProblemException problem)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.code().status());
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (problem.code() == ProblemCode.UNAUTHENTICATED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"image-audit\"");
    }
    if (problem.retryAfter() != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, RetryAfter.header(problem.retryAfter()));
    }
    byte[] body =
        json.writeValueAsBytes(
            answers.problem(problem.code(), problem.faults(), languages.resolveLocale(request)));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
