package io.imageaudit.model.kafka;

import org.jspecify.annotations.Nullable;

/** The broker did not acknowledge an event. {@link TransientFaults} says whether it ever may. */
public final class EventNotPublishedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  EventNotPublishedException(String topic, @Nullable Throwable cause) {
    super(topic + ": not acknowledged", cause);
  }
}
