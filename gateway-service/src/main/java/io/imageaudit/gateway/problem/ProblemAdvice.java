package io.imageaudit.gateway.problem;

import io.imageaudit.model.ApiResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** Turns whatever a controller throws into the envelope. */
@RestControllerAdvice
class ProblemAdvice {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Answers answers;

  ProblemAdvice(Answers answers) {
    this.answers = answers;
  }

  @ExceptionHandler
  ResponseEntity<ApiResponse<Object>> problem(ProblemException problem, Locale locale) {
    ResponseEntity.BodyBuilder answer = answer(problem.code());
    if (problem.retryAfter() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, RetryAfter.header(problem.retryAfter()));
    }
    return answer.body(answers.problem(problem.code(), problem.faults(), locale));
  }

  @ExceptionHandler({MaxUploadSizeExceededException.class, MultipartException.class})
  ResponseEntity<ApiResponse<Object>> upload(MultipartException fault, Locale locale) {
    if (MultipartFaults.isOurs(fault)) {
      LOG.error("A form cannot be kept while it is read; it is answered with 503", fault);
      return problem(ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE), locale);
    }
    return plain(
        MultipartFaults.isTooLarge(fault)
            ? ProblemCode.PAYLOAD_TOO_LARGE
            : ProblemCode.VALIDATION_ERROR,
        fault instanceof MaxUploadSizeExceededException || MultipartFaults.isTooLarge(fault)
            ? List.of()
            : List.of(Fault.of("multipart", "unreadable_form")),
        locale);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    TransactionException.class
  })
  ResponseEntity<ApiResponse<Object>> away(RuntimeException fault, Locale locale) {
    LOG.warn("The database does not answer; a request is answered with 503: {}", fault.toString());
    return problem(ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE), locale);
  }

  /** Parameters or headers whose characters nobody honest sends. */
  @ExceptionHandler
  ResponseEntity<ApiResponse<Object>> rejected(RequestRejectedException fault, Locale locale) {
    return plain(ProblemCode.VALIDATION_ERROR, List.of(), locale);
  }

  /** Parameters that have no name, cannot be decoded, or are too many. */
  @ExceptionHandler
  ResponseEntity<ApiResponse<Object>> parameters(InvalidParameterException fault, Locale locale) {
    return plain(ProblemCode.VALIDATION_ERROR, List.of(), locale);
  }

  @ExceptionHandler
  ResponseEntity<ApiResponse<Object>> anything(Exception fault, Locale locale) throws Exception {
    if (fault instanceof AsyncRequestNotUsableException) {
      throw fault; // The client has gone; nobody reads an answer.
    }
    if (fault instanceof ErrorResponse response) {
      return framework(response, locale);
    }
    if (ReadingFaults.isOne(fault)) {
      LOG.info("A request could not be read to its end: {}", fault.getClass().getSimpleName());
      return plain(ProblemCode.MALFORMED_JSON, List.of(), locale);
    }
    LOG.error("A request failed through a fault of ours; it is answered with 500", fault);
    return plain(ProblemCode.INTERNAL_ERROR, List.of(), locale);
  }

  private ResponseEntity<ApiResponse<Object>> framework(ErrorResponse response, Locale locale) {
    ProblemCode code = ProblemCodes.of(response.getStatusCode().value());
    return answer(code)
        .headers(headers -> copyAllow(response, headers))
        .body(answers.problem(code, List.of(), locale));
  }

  private static void copyAllow(ErrorResponse response, HttpHeaders headers) {
    List<String> methods = response.getHeaders().getOrEmpty(HttpHeaders.ALLOW);
    if (!methods.isEmpty()) {
      headers.addAll(HttpHeaders.ALLOW, methods);
    }
  }

  private ResponseEntity<ApiResponse<Object>> plain(
      ProblemCode code, List<Fault> faults, Locale locale) {
    return answer(code).body(answers.problem(code, faults, locale));
  }

  private static ResponseEntity.BodyBuilder answer(ProblemCode code) {
    return ResponseEntity.status(code.status())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .contentType(MediaType.APPLICATION_JSON);
  }
}
