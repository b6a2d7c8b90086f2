package io.imageaudit.notification.delivery;

/** Lets whoever plans deliveries wake those who make them. */
@FunctionalInterface
public interface Wakeup {

  /** There may be something due. */
  void nudge();
}
