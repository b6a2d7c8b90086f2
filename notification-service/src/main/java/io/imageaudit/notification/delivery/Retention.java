package io.imageaudit.notification.delivery;

/** Keeps what is stored within bounds. */
interface Retention {

  /** Makes room for the attempts of the next days, and drops the days that are too old. */
  void turnDays();

  /**
   * Forgets ended deliveries and events that are too old.
   *
   * @return how many rows; 0 when there is nothing left to forget
   */
  int forget();
}
