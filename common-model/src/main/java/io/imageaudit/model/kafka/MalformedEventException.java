package io.imageaudit.model.kafka;

/** A record that is not the event its topic promises. Trying again cannot help. */
public final class MalformedEventException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MalformedEventException(String topic, String reason) {
    super(topic + ": " + reason);
  }
}
