package io.imageaudit.notification.access;

/** The tenant has nothing of that identity. */
public final class NotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Names it.
   *
   * @param what was looked for, such as {@code endpoint}
   */
  public NotFoundException(String what) {
    super(what);
  }
}
