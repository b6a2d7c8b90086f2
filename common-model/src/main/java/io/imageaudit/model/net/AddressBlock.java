package io.imageaudit.model.net;

import java.net.InetAddress;

/**
 * A block of addresses of one family, in CIDR notation (RFC 4632, RFC 4291).
 *
 * @param network any address of the block
 * @param prefix number of leading bits that all addresses of the block share
 */
record AddressBlock(InetAddress network, int prefix) {

  AddressBlock {
    if (prefix < 0 || prefix > network.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0..32, IPv6 0..128)");
    }
  }

  /**
   * Reads {@code 10.0.0.0/8} or {@code fc00::/7}; a lone address is a block of one.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static AddressBlock parse(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      InetAddress address = InetAddress.ofLiteral(cidr);
      return new AddressBlock(address, address.getAddress().length * Byte.SIZE);
    }
    return new AddressBlock(
        InetAddress.ofLiteral(cidr.substring(0, slash)),
        Integer.parseInt(cidr.substring(slash + 1)));
  }

  /** Whether the address lies in the block; an address of the other family never does. */
  boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (ours[i] != theirs[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || (ours[whole] ^ theirs[whole]) >> (Byte.SIZE - rest) == 0;
  }
}
