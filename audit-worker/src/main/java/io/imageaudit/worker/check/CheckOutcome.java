package io.imageaudit.worker.check;

import io.imageaudit.worker.inference.Detection;
import io.imageaudit.worker.inference.Hope;
import java.time.Duration;
import java.util.List;

/** How a check of a picture ended. */
public sealed interface CheckOutcome {

  /** Name of the check. */
  String check();

  /**
   * The check looked.
   *
   * @param check its name
   * @param model name of the model that looked
   * @param version of the model, as its server says it; empty when it does not say
   * @param input identity of the way in which the picture was prepared
   * @param detections everything that the model said, whether it matters or not
   * @param observations what matters of it
   * @param took from the first try to the answer
   * @param tries how often models were asked
   */
  record Seen(
      String check,
      String model,
      String version,
      String input,
      List<Detection> detections,
      List<Observation> observations,
      Duration took,
      int tries)
      implements CheckOutcome {

    /** Copies the lists. */
    public Seen {
      detections = List.copyOf(detections);
      observations = List.copyOf(observations);
    }
  }

  /**
   * The check could not look.
   *
   * @param check its name
   * @param code stable word for operators
   * @param message explanation for operators
   * @param hope whether it may look another time
   * @param tries how often models were asked
   * @param models names of those that were asked
   * @param took from the first try to the end of the last one
   */
  record Missing(
      String check,
      String code,
      String message,
      Hope hope,
      int tries,
      List<String> models,
      Duration took)
      implements CheckOutcome {

    /** Copies the list. */
    public Missing {
      models = List.copyOf(models);
    }

    /** No model was asked. */
    public Missing(String check, String code, String message, Hope hope) {
      this(check, code, message, hope, 0, List.of(), Duration.ZERO);
    }
  }
}
