package io.imageaudit.gateway.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. Carries no stack trace: it is an answer, not a defect. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ProblemCode code;
  private final transient List<Fault> faults;
  private final @Nullable Duration retryAfter;

  private ProblemException(ProblemCode code, List<Fault> faults, @Nullable Duration retryAfter) {
    super(code.name(), null, false, false);
    this.code = code;
    this.faults = List.copyOf(faults);
    this.retryAfter = retryAfter;
  }

  /** A problem with nothing to add. */
  public static ProblemException of(ProblemCode code) {
    return new ProblemException(code, List.of(), null);
  }

  /** A problem of these fields. */
  public static ProblemException of(ProblemCode code, List<Fault> faults) {
    return new ProblemException(code, faults, null);
  }

  /** A problem that passes by itself. */
  public static ProblemException passing(ProblemCode code, Duration retryAfter) {
    return passing(code, retryAfter, List.of());
  }

  /** A problem that passes by itself, and why there is one. */
  public static ProblemException passing(
      ProblemCode code, Duration retryAfter, List<Fault> faults) {
    return new ProblemException(code, faults, retryAfter);
  }

  /** What is wrong. */
  public ProblemCode code() {
    return code;
  }

  /** The fields that are wrong. */
  public List<Fault> faults() {
    return faults;
  }

  /** When trying again makes sense. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
