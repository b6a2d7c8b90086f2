package io.imageaudit.worker.inference;

import java.util.List;

/** How one model's look at one picture ended. */
public sealed interface LookOutcome {

  /**
   * It looked.
   *
   * @param detections what it saw
   * @param version the model's version as its server says it; empty when it does not say
   */
  record Looked(List<Detection> detections, String version) implements LookOutcome {

    /** Copies the list. */
    public Looked {
      detections = List.copyOf(detections);
    }
  }

  /**
   * It did not.
   *
   * @param code stable word for operators
   * @param message explanation for operators
   * @param hope whether the same look may succeed another time
   */
  record NotLooked(String code, String message, Hope hope) implements LookOutcome {}
}
