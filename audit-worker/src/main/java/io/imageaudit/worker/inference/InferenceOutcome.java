package io.imageaudit.worker.inference;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a call of a model server ended. */
sealed interface InferenceOutcome {

  /**
   * The model looked.
   *
   * @param outputs by name of the tensor
   * @param version of the model that looked, as the server says it; empty when it does not say
   */
  record Answered(Map<String, OutputTensor> outputs, String version) implements InferenceOutcome {

    /** Copies the outputs. */
    public Answered {
      outputs = Map.copyOf(outputs);
    }
  }

  /**
   * The model did not look.
   *
   * @param kind what can be done about it
   * @param code the protocol's own word, such as UNAVAILABLE
   * @param message the server's explanation, for operators
   * @param retryAfter how long the server asks to be left alone, if it says so; negative when it
   *     asks not to be sent the same again
   */
  record Failed(Kind kind, String code, String message, @Nullable Duration retryAfter)
      implements InferenceOutcome {

    /** A failure of which the server does not say how long it lasts. */
    Failed(Kind kind, String code, String message) {
      this(kind, code, message, null);
    }

    /** What can be done about a failure. */
    enum Kind {
      /** The server is away or has too much to do: try again later. */
      UNAVAILABLE,
      /** The answer did not come in time: try again if there is time. */
      TIMED_OUT,
      /** The server broke over this very batch: try again once, then in smaller parts. */
      FAULTY,
      /** The server does not take this batch: smaller parts may do. */
      REJECTED,
      /** Whatever is sent, it will be refused: names, credentials or configuration are wrong. */
      MISCONFIGURED,
      /** Not sent at all: the way is closed, full, or there is no time left. */
      NOT_TRIED
    }

    /** Whether the same call may succeed another time. */
    Hope hope() {
      return switch (kind) {
        case UNAVAILABLE, TIMED_OUT, NOT_TRIED -> Hope.SOON;
        // Perhaps it was this picture, perhaps the server was not itself: time will tell.
        case MISCONFIGURED, FAULTY -> Hope.LATER;
        case REJECTED -> Hope.NEVER;
      };
    }

    /** The same, seen in the light of more calls. */
    Failed as(Kind other) {
      return new Failed(other, code, message, retryAfter);
    }
  }

  /**
   * The provider looked and will not say what it saw, because of what it saw. A sign, no outage.
   *
   * @param code stable word for operators
   * @param message explanation for operators
   */
  record Withheld(String code, String message) implements InferenceOutcome {}

  /** Whether the call failed in a way that {@code kinds} name. */
  static boolean isFailed(InferenceOutcome outcome, Set<Failed.Kind> kinds) {
    return outcome instanceof Failed failed && kinds.contains(failed.kind());
  }
}
