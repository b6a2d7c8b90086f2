package io.imageaudit.gateway.callback;

import java.time.Duration;
import java.util.Set;
import org.springframework.http.HttpMethod;

/**
 * A call that is passed on.
 *
 * @param method how
 * @param path below the tenant's
 * @param parameters which parameters go with it
 * @param fields which fields its body may have; none at all when it has no body
 * @param status what it is answered with
 * @param limit longest wait for its answer
 */
record PassedCall(
    HttpMethod method,
    String path,
    Set<String> parameters,
    Set<String> fields,
    int status,
    Duration limit) {

  private static final Duration USUAL = Duration.ofSeconds(5);

  /** Copies the sets. */
  PassedCall {
    parameters = Set.copyOf(parameters);
    fields = Set.copyOf(fields);
  }

  /** A question. */
  static PassedCall get(String path, String... parameters) {
    return new PassedCall(HttpMethod.GET, path, Set.of(parameters), Set.of(), 200, USUAL);
  }

  /** An order. */
  static PassedCall order(HttpMethod method, String path, int status, String... fields) {
    return new PassedCall(method, path, Set.of(), Set.of(fields), status, USUAL);
  }

  /** The same with more patience, for orders that wait for a receiver far away. */
  PassedCall within(Duration patience) {
    return new PassedCall(method, path, parameters, fields, status, patience);
  }
}
