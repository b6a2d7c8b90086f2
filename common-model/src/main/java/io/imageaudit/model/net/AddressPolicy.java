package io.imageaudit.model.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are public hosts of the Internet. A pure rule.
 *
 * <p>IPv4: everything that the IANA special-purpose registry does not set apart (RFC 6890 and its
 * updates), multicast and the reserved class E excepted, and without 168.63.129.16, the platform
 * service of one cloud that lies in public space. IPv6: only global unicast space (2000::/3),
 * without the parts of it that are tunnels, documentation or benchmarks. Whatever embeds an IPv4
 * address (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is refused, whichever address it
 * embeds.
 */
final class AddressPolicy {

  private static final List<AddressBlock> SPECIAL_IPV4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.31.196.0/24",
          "192.52.193.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "192.175.48.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  private static final AddressBlock GLOBAL_IPV6 = AddressBlock.parse("2000::/3");

  private static final List<AddressBlock> SPECIAL_IPV6 =
      blocks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

  private final boolean loopback;
  private final List<AddressBlock> denied;

  /**
   * Extends the rule.
   *
   * @param loopback whether the machine itself may be connected to, for development
   * @param denied further blocks to refuse
   */
  AddressPolicy(boolean loopback, List<AddressBlock> denied) {
    this.loopback = loopback;
    this.denied = List.copyOf(denied);
  }

  /** Whether a connection to the address may be made. */
  boolean allows(InetAddress address) {
    if (denied.stream().anyMatch(block -> block.contains(address))) {
      return false;
    }
    return isPublic(address) || (loopback && address.isLoopbackAddress());
  }

  private static boolean isPublic(InetAddress address) {
    if (address instanceof Inet4Address) {
      return SPECIAL_IPV4.stream().noneMatch(block -> block.contains(address));
    }
    return GLOBAL_IPV6.contains(address)
        && SPECIAL_IPV6.stream().noneMatch(block -> block.contains(address))
        && !isIsatap(address.getAddress());
  }

  /** An interface identifier that embeds an IPv4 address: RFC 5214, section 6.1. */
  private static boolean isIsatap(byte[] address) {
    return (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  private static List<AddressBlock> blocks(String... cidrs) {
    return Stream.of(cidrs).map(AddressBlock::parse).toList();
  }
}
