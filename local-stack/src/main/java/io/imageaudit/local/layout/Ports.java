package io.imageaudit.local.layout;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The chosen ports.
 *
 * @param numbers a port for every name
 */
public record Ports(Map<PortName, Integer> numbers) {

  private static final String PREFIX = "port.";
  private static final int LARGEST = 65_535;

  /** Copies, and fills what is not chosen with the standard. */
  public Ports {
    EnumMap<PortName, Integer> whole = new EnumMap<>(PortName.class);
    for (PortName name : PortName.values()) {
      whole.put(name, numbers.getOrDefault(name, name.standard()));
    }
    numbers = Map.copyOf(whole);
  }

  /**
   * Reads flags, which win, and environment variables.
   *
   * @param flags each {@code name=number}
   * @throws IllegalArgumentException naming what cannot be read
   */
  public static Ports chosen(Collection<String> flags, Map<String, String> environment) {
    Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
    for (PortName name : PortName.values()) {
      String value = environment.get(name.variable());
      if (value != null && !value.isBlank()) {
        numbers.put(name, number(name.variable(), value));
      }
    }
    for (String flag : flags) {
      String[] parts = flag.split("=", 2);
      PortName name =
          PortName.parse(parts[0])
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "--port "
                          + flag
                          + " (expected: NAME=NUMBER, NAME one of "
                          + PortName.all()
                          + ")"));
      numbers.put(name, number("--port " + name.text(), parts.length < 2 ? "" : parts[1]));
    }
    return new Ports(numbers);
  }

  private static int number(String field, String value) {
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= 1 && number <= LARGEST) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Answered below, together with a number out of range.
    }
    throw new IllegalArgumentException(field + ": " + value + " (expected: 1.." + LARGEST + ")");
  }

  /** The port of that name. */
  public int of(PortName name) {
    return numbers.getOrDefault(name, name.standard());
  }

  /** An address on this machine, {@code http://127.0.0.1:port}. */
  public String url(PortName name) {
    return "http://127.0.0.1:" + of(name);
  }

  /** What is wrong with the ports: each is taken by another program or chosen twice. */
  public List<String> problems(Collection<PortName> wanted) {
    List<String> problems = new ArrayList<>();
    Map<Integer, PortName> seen = new java.util.HashMap<>();
    for (PortName name : wanted) {
      int port = of(name);
      PortName other = seen.putIfAbsent(port, name);
      if (other != null) {
        problems.add(
            "port " + port + " is chosen for both " + other.text() + " and " + name.text());
      } else if (isTaken(port)) {
        problems.add(
            "port %d (%s) is taken by another program: stop it, or choose another port with --port %s=NUMBER or %s"
                .formatted(port, name.text(), name.text(), name.variable()));
      }
    }
    return problems;
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port));
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /** Adds the ports to what is written down for other terminals. */
  public void store(Properties properties) {
    numbers.forEach((name, port) -> properties.setProperty(PREFIX + name.text(), port.toString()));
  }

  /** Reads what was written down. */
  public static Ports load(Properties properties) {
    Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
    for (PortName name : PortName.values()) {
      String value = properties.getProperty(PREFIX + name.text());
      if (value != null) {
        numbers.put(name, number(name.text(), value));
      }
    }
    return new Ports(numbers);
  }
}
