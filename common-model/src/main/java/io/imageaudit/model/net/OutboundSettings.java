package io.imageaudit.model.net;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses chosen by tenants may be connected to. A service that connects names this record
 * in {@code @EnableConfigurationProperties}.
 *
 * @param allowLoopback whether this machine itself may be connected to: for development only
 * @param allowedPorts ports or ranges of ports, such as {@code 443} and {@code 1024-65535}
 * @param deniedPorts ports or ranges within the allowed ones at which infrastructure usually
 *     listens
 * @param deniedNetworks further addresses to refuse, in CIDR notation: one's own public addresses,
 *     pod and service networks
 * @param lookupTimeout longest time that one name's look-up may take
 * @param concurrentLookups most look-ups at a time; further ones wait within their own time
 */
@ConfigurationProperties("image-audit.outbound")
public record OutboundSettings(
    @DefaultValue("false") boolean allowLoopback,
    @DefaultValue({"80", "443", "1024-65535"}) List<String> allowedPorts,
    @DefaultValue({
          "1433", "1521", "2049", "2181", "2375-2380", "3306", "3389", "4369", "5432", "5671-5672",
          "5900", "5984", "6000", "6379", "6443", "7000-7001", "8500", "9042", "9092-9094", "9200",
          "9300", "10250-10259", "11211", "15672", "19092-19093", "27017-27019"
        })
        List<String> deniedPorts,
    @DefaultValue List<String> deniedNetworks,
    @DefaultValue("2s") Duration lookupTimeout,
    @DefaultValue("32") int concurrentLookups) {

  /**
   * Checks every entry.
   *
   * @throws IllegalArgumentException when one cannot be read
   */
  public OutboundSettings {
    allowedPorts = List.copyOf(allowedPorts);
    deniedPorts = List.copyOf(deniedPorts);
    deniedNetworks = List.copyOf(deniedNetworks);
    read("allowed-ports", allowedPorts, PortRange::parse);
    read("denied-ports", deniedPorts, PortRange::parse);
    read("denied-networks", deniedNetworks, AddressBlock::parse);
    if (lookupTimeout.isNegative() || lookupTimeout.isZero()) {
      throw new IllegalArgumentException("lookup-timeout: " + lookupTimeout + " (expected: > 0)");
    }
    if (concurrentLookups < 1) {
      throw new IllegalArgumentException(
          "concurrent-lookups: " + concurrentLookups + " (expected: >= 1)");
    }
  }

  PortRule portRule() {
    return new PortRule(
        read("allowed-ports", allowedPorts, PortRange::parse),
        read("denied-ports", deniedPorts, PortRange::parse));
  }

  AddressPolicy addressPolicy() {
    return new AddressPolicy(
        allowLoopback, read("denied-networks", deniedNetworks, AddressBlock::parse));
  }

  private static <T> List<T> read(String field, List<String> texts, Function<String, T> parse) {
    return texts.stream().map(text -> readOne(field, text, parse)).toList();
  }

  private static <T> T readOne(String field, String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + text + ": " + e.getMessage(), e);
    }
  }
}
