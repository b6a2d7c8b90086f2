package io.imageaudit.local.layout;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every port that the stack listens on, always on the loopback address. */
public enum PortName {
  /** The public API. */
  GATEWAY(18080),
  /** Health and metrics of the gateway. */
  GATEWAY_MANAGEMENT(18090),
  INTAKE(18081),
  WORKER(18082),
  NOTIFICATION(18083),
  POSTGRES(15432),
  KAFKA(19092),
  /** Kafka's talk with itself. */
  KAFKA_CONTROLLER(19093),
  /** The models over gRPC. */
  MODEL_SERVER(18500),
  /** The models over HTTP. */
  MODEL_SERVER_REST(18501),
  /** The quickstart's own server: pictures to fetch, callbacks to hear. */
  QUICKSTART(18099);

  private final int standard;

  PortName(int standard) {
    this.standard = standard;
  }

  /** The port when none is chosen. */
  public int standard() {
    return standard;
  }

  /** As flags write it: {@code gateway-management}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The environment variable that chooses it. */
  public String variable() {
    return "AUDIT_PORT_" + name();
  }

  /** Reads a user's word. */
  public static Optional<PortName> parse(String text) {
    return Arrays.stream(values()).filter(port -> port.text().equals(text)).findFirst();
  }

  /** All of them, for messages. */
  public static String all() {
    return Arrays.stream(values()).map(PortName::text).collect(Collectors.joining(", "));
  }
}
