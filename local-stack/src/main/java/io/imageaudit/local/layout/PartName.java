package io.imageaudit.local.layout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parts of the stack, in the order in which they are shown. */
public enum PartName {
  POSTGRES,
  KAFKA,
  MODEL_SERVER,
  GATEWAY,
  INTAKE,
  WORKER,
  NOTIFICATION;

  /** As users write it: {@code model-server}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a user's word. */
  public static Optional<PartName> parse(String text) {
    return Arrays.stream(values()).filter(part -> part.text().equals(text)).findFirst();
  }

  /** All of them, for messages. */
  public static String all() {
    return Arrays.stream(values()).map(PartName::text).collect(Collectors.joining(", "));
  }
}
