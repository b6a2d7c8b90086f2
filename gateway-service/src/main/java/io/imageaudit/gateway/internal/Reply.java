package io.imageaudit.gateway.internal;

import io.imageaudit.gateway.problem.Fault;
import io.imageaudit.gateway.problem.ProblemCode;
import io.imageaudit.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
  private static final Set<String> LACKS = Set.of("TIME_LIMIT", "BUSY");

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
      case 409 -> ProblemException.of(ProblemCode.CONFLICT, List.of(told("CONFLICT")));
      case 503 -> ProblemException.passing(ProblemCode.UNAVAILABLE, PAUSE, lack());
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

  /**
   * Why there was no time or room, if it says so; whatever else is away is none of the caller's.
   */
  private List<Fault> lack() {
    return LACKS.contains(envelope.path("code").asString("")) ? List.of(told("")) : List.of();
  }

  private Fault told(String usual) {
    return Fault.of(
        envelope.path("code").asString(usual), "told", envelope.path("message").asString(""));
  }
}
