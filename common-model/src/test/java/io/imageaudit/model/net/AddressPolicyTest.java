package io.imageaudit.model.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  private final AddressPolicy policy = new AddressPolicy(false, List.of());

  /** Each block, and whether the address just below and just above it is a public one. */
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/8, -, public",
    "10.0.0.0/8, public, public",
    "100.64.0.0/10, public, public",
    "127.0.0.0/8, public, public",
    "168.63.129.16/32, public, public",
    "169.254.0.0/16, public, public",
    "172.16.0.0/12, public, public",
    "192.0.0.0/24, public, public",
    "192.0.2.0/24, public, public",
    "192.31.196.0/24, public, public",
    "192.52.193.0/24, public, public",
    "192.88.99.0/24, public, public",
    "192.168.0.0/16, public, public",
    "192.175.48.0/24, public, public",
    "198.18.0.0/15, public, public",
    "198.51.100.0/24, public, public",
    "203.0.113.0/24, public, public",
    "224.0.0.0/4, public, refused",
    "240.0.0.0/4, refused, -",
    "::/3, -, public",
    "4000::/2, public, refused",
    "8000::/1, refused, -",
    "2001::/23, public, public",
    "2001:db8::/32, public, public",
    "2002::/16, public, public",
    "2620:4f:8000::/48, public, public",
    "3fff::/20, public, public",
  })
  void a_special_block_is_refused_from_its_first_to_its_last_address(
      String cidr, String below, String above) throws UnknownHostException {
    AddressBlock block = AddressBlock.parse(cidr);
    BigInteger first = new BigInteger(1, block.network().getAddress());
    int bytes = block.network().getAddress().length;
    BigInteger size = BigInteger.TWO.pow(bytes * 8 - block.prefix());
    BigInteger last = first.add(size).subtract(BigInteger.ONE);

    assertThat(policy.allows(address(first, bytes))).isFalse();
    assertThat(policy.allows(address(last, bytes))).isFalse();
    assertThat(policy.allows(address(first.add(size.shiftRight(1)), bytes))).isFalse();
    if (!below.equals("-")) {
      assertThat(policy.allows(address(first.subtract(BigInteger.ONE), bytes)))
          .isEqualTo(below.equals("public"));
    }
    if (!above.equals("-")) {
      assertThat(policy.allows(address(last.add(BigInteger.ONE), bytes)))
          .isEqualTo(above.equals("public"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:0:7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2a00:1450:4001::5efe:7f00:1",
        "2a00:1450:4001:1:200:5efe:808:808",
        "100.100.100.200",
        "169.254.169.254",
        "169.254.170.2",
        "192.0.0.192",
        "255.255.255.255"
      })
  void internal_metadata_and_embedding_addresses_are_refused(String address) {
    assertThat(policy.allows(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.0",
        "168.63.129.15",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450:4001:81b::200e"
      })
  void public_addresses_are_allowed(String address) {
    assertThat(policy.allows(InetAddress.ofLiteral(address))).isTrue();
  }

  @Test
  void development_adds_the_machine_itself_and_nothing_else() {
    AddressPolicy development = new AddressPolicy(true, List.of());

    assertThat(List.of("127.0.0.1", "127.255.255.255", "::1", "8.8.8.8"))
        .allMatch(address -> development.allows(InetAddress.ofLiteral(address)));
    assertThat(List.of("0.0.0.0", "::", "10.0.0.1", "192.168.1.1", "169.254.169.254", "fe80::1"))
        .noneMatch(address -> development.allows(InetAddress.ofLiteral(address)));
  }

  @Test
  void denied_networks_are_refused_even_where_public_or_loopback() {
    AddressPolicy own =
        new AddressPolicy(
            true, List.of(AddressBlock.parse("8.8.8.0/24"), AddressBlock.parse("127.0.0.2")));

    assertThat(own.allows(InetAddress.ofLiteral("8.8.8.8"))).isFalse();
    assertThat(own.allows(InetAddress.ofLiteral("127.0.0.2"))).isFalse();
    assertThat(own.allows(InetAddress.ofLiteral("8.8.4.4"))).isTrue();
    assertThat(own.allows(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
  }

  private static InetAddress address(BigInteger value, int bytes) throws UnknownHostException {
    byte[] raw = new byte[bytes];
    byte[] digits = value.toByteArray();
    int length = Math.min(bytes, digits.length);
    System.arraycopy(digits, digits.length - length, raw, bytes - length, length);
    return InetAddress.getByAddress(raw);
  }
}
