package io.imageaudit.notification.access;

import java.util.List;

/** A request with fields that are missing or not allowed. */
public final class InvalidRequestException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> faults;

  /**
   * Names them.
   *
   * @param faults each as {@code field: what is wrong}
   */
  public InvalidRequestException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  List<String> faults() {
    return faults;
  }
}
