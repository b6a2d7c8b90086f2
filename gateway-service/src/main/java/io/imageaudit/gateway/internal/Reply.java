package io.imageaudit.gateway.internal;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What another service answered.
 *
 * @param status its HTTP status; 503 when it did not answer
 * @param envelope its envelope
 */
public record Reply(int status, JsonNode envelope) {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  static Reply none() {
    return new Reply(503, MissingNode.getInstance());
  }

  /**
   * The data of an answer that says that it was done.
   *
   * @throws ProblemException when it was not: with the other service's reasons when the caller can
   *     do something about them, else as something that passes
   */
  public JsonNode data() {
    if (status / 100 == 2 && envelope.has("data")) {
      return envelope.path("data");
    }
    throw switch (status) {
      case 400 -> ProblemException.of(ProblemCode.VALIDATION_ERROR, faults());
      case 404 -> ProblemException.of(ProblemCode.NOT_FOUND);
      case 409 -> ProblemException.of(ProblemCode.CONFLICT, List.of(conflict()));
      default -> ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE);
    };
  }

  private List<Fault> faults() {
    return envelope
        .path("errors")
        .valueStream()
        .map(error -> error.asString(""))
        .map(Reply::fault)
        .toList();
  }

  /** The other service has put it into words already: {@code field: what is wrong}. */
  private static Fault fault(String words) {
    int colon = words.indexOf(": ");
    return colon < 0
        ? Fault.of("body", "told", words)
        : Fault.of(words.substring(0, colon), "told", words.substring(colon + 2));
  }

  private Fault conflict() {
    return Fault.of(
        envelope.path("code").asString("CONFLICT"), "told", envelope.path("message").asString(""));
  }
}
