package io.imageaudit.model.kafka;

/**
 * Something that a step depends on is away and will come back. The event is read again until it is.
 */
public class TransientFaultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Names what is away.
   *
   * @param message what was being done
   * @param cause what was seen
   */
  public TransientFaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
