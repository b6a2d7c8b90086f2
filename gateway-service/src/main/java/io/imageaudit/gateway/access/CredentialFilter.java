package io.imageaudit.gateway.access;

import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import io.imageaudit.gateway.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the one credential of a request: {@code X-API-Key} or {@code Authorization: Bearer}. None
 * at all leaves the caller anonymous; one that is not valid, or more than one, is refused.
 */
final class CredentialFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(CredentialFilter.class);
  private static final String API_KEY = "X-API-Key";
  private static final String BEARER = "Bearer ";
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KnownCallers callers;
  private final Tokens tokens;
  private final ProblemWriter problems;

  CredentialFilter(KnownCallers callers, Tokens tokens, ProblemWriter problems) {
    this.callers = callers;
    this.tokens = tokens;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    List<String> keys = Collections.list(request.getHeaders(API_KEY));
    List<String> authorizations = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    if (keys.isEmpty() && authorizations.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    Optional<Caller> caller;
    try {
      caller =
          keys.size() + authorizations.size() == 1
              ? caller(keys, authorizations)
              : Optional.empty();
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("A credential cannot be looked up; the request is answered with 503", e);
      problems.write(request, response, ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE));
      return;
    }
    if (caller.isEmpty()) {
      problems.write(request, response, ProblemException.of(ProblemCode.UNAUTHENTICATED));
      return;
    }
    SecurityContextHolder.setContext(
        new SecurityContextImpl(new CallerAuthentication(caller.get())));
    try (MDC.MDCCloseable _ = MDC.putCloseable("tenant", caller.get().tenant().value())) {
      chain.doFilter(request, response);
    }
  }

  private Optional<Caller> caller(List<String> keys, List<String> authorizations) {
    if (!keys.isEmpty()) {
      return ApiKeyText.parse(keys.getFirst()).flatMap(callers::byKey);
    }
    String authorization = authorizations.getFirst();
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? tokens.byToken(authorization.substring(BEARER.length()))
        : Optional.empty();
  }
}
