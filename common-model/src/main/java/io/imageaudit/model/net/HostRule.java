package io.imageaudit.model.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts may be named, before anything is looked up. A host that ends in a number is an IPv4
 * address to most parsers, each of which reads {@code 0177.1} or {@code 2130706433} its own way, so
 * that it must be four plain decimal numbers.
 */
final class HostRule {

  private static final String OCTET = "(0|[1-9][0-9]{0,2})";
  private static final Pattern IPV4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final String LOCALHOST = "localhost";
  private static final int MAX_NAME = 253;

  /** Top-level names that only private networks use (RFC 6761, RFC 6762, RFC 8375 and custom). */
  private static final Set<String> PRIVATE_TOP =
      Set.of(
          LOCALHOST,
          "localdomain",
          "local",
          "internal",
          "intranet",
          "private",
          "corp",
          "home",
          "lan",
          "svc",
          "arpa",
          "onion");

  private final boolean loopback;
  private final AddressPolicy addresses;

  HostRule(boolean loopback, AddressPolicy addresses) {
    this.loopback = loopback;
    this.addresses = addresses;
  }

  /**
   * Why the host may not be named; empty when it may.
   *
   * @param host as {@link java.net.URI#getHost()} gives it, an IPv6 address in brackets
   */
  Optional<Refusal> inspect(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.startsWith("[") && lower.endsWith("]")) {
      return inspectLiteral(lower.substring(1, lower.length() - 1));
    }
    String last = lower.substring(lower.lastIndexOf('.') + 1);
    if (lower.indexOf(':') >= 0 || NUMBER.matcher(last).matches()) {
      return inspectLiteral(lower);
    }
    return inspectName(lower, last);
  }

  /** The address that a host is itself, when it is not a name; no brackets. */
  static @Nullable InetAddress literal(String host) {
    boolean ipv6 = host.indexOf(':') >= 0;
    if (ipv6 ? host.indexOf('%') >= 0 : !IPV4.matcher(host).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private Optional<Refusal> inspectLiteral(String text) {
    InetAddress address = literal(text);
    if (address == null) {
      return refusal(Refusal.Rule.HOST, "must be a host name or a literal address");
    }
    boolean embedded = address instanceof Inet4Address && text.indexOf(':') >= 0;
    return addresses.allows(address) && !embedded
        ? Optional.empty()
        : refusal(Refusal.Rule.ADDRESS, "must be an address of the public Internet");
  }

  private Optional<Refusal> inspectName(String name, String top) {
    if (loopback && name.equals(LOCALHOST)) {
      return Optional.empty();
    }
    if (name.length() > MAX_NAME || !areLabels(name)) {
      return refusal(Refusal.Rule.HOST, "must be a host name in ASCII (punycode)");
    }
    boolean isPrivate = name.indexOf('.') < 0 || PRIVATE_TOP.contains(top);
    return isPrivate
        ? refusal(Refusal.Rule.ADDRESS, "must be a name of the public Internet")
        : Optional.empty();
  }

  private static boolean areLabels(String name) {
    for (String label : name.split("\\.", -1)) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Refusal> refusal(Refusal.Rule rule, String message) {
    return Optional.of(new Refusal(rule, message));
  }
}
