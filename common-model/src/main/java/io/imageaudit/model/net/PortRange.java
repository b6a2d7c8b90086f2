package io.imageaudit.model.net;

/**
 * TCP ports.
 *
 * @param first lowest, 1..65535
 * @param last highest, not below {@code first}
 */
record PortRange(int first, int last) {

  PortRange {
    if (first < 1 || last > 65_535 || first > last) {
      throw new IllegalArgumentException(
          "port: " + first + "-" + last + " (expected: within 1-65535, lowest first)");
    }
  }

  /**
   * Reads {@code 443} or {@code 1024-65535}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static PortRange parse(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? new PortRange(Integer.parseInt(text), Integer.parseInt(text))
        : new PortRange(
            Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }

  boolean contains(int port) {
    return first <= port && port <= last;
  }
}
