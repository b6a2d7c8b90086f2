package io.imageaudit.worker.inference;

/** The worker prepares pictures in another way than a model was trained with; it must not start. */
public final class GoldenMismatchException extends RuntimeException {

  private static final long serialVersionUID = 1;

  GoldenMismatchException(String model, String difference) {
    super("image-audit.models." + model + ".golden: " + difference);
  }
}
