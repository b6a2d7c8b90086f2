package io.imageaudit.model.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundGuardTest {

  private static final HostLookup NEVER =
      host -> {
        throw new AssertionError("looked up " + host);
      };

  private final OutboundGuard guard = new OutboundGuard(settings(false), NEVER);
  private final OutboundGuard development = new OutboundGuard(settings(true), NEVER);

  static OutboundSettings settings(boolean allowLoopback) {
    return new OutboundSettings(
        allowLoopback,
        List.of("80", "443", "1024-65535"),
        List.of("5432", "6379", "9092-9094"),
        List.of(),
        Duration.ofSeconds(2),
        4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/main.jpg",
        "http://shop.example/main.jpg",
        "HTTPS://Shop.Example",
        "https://shop.example:8443/a?b=c%20d&e=@",
        "https://xn--fiq228c.example/",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]:443/",
        "https://0177.example/",
        "https://169.254.169.254.nip.io/",
      })
  void addresses_of_public_hosts_may_be_named(String address) {
    assertThat(guard.inspect(URI.create(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.255",
        "0.0.0.0",
        "0",
        "127.1",
        "127.0.1",
        "2130706433",
        "2852039166",
        "0177.0.0.1",
        "010.0.0.1",
        "017700000001",
        "0x7f000001",
        "0x7f.1",
        "0x7f.0.0.1",
        "127.000.000.001",
        "127.0.0.1.",
        "256.1.1.1",
        "1.2.3.4.5",
        "8.8.8.0x8",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:8.8.8.8]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[2606:4700:4700::1111%25eth0]",
        "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
        "127\u30020\u30020\u30021",
        "\uff11\uff12\uff17.0.0.1",
        "\u4f8b\u5b50.example",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "LOCALHOST.",
        "a.localhost",
        "ip6-localhost",
        "metadata",
        "metadata.google.internal",
        "METADATA.google.Internal",
        "kubernetes.default.svc",
        "api.default.svc.cluster.local",
        "printer.local",
        "db.corp",
        "router.lan",
        "nas.home.arpa",
        "1.0.0.127.in-addr.arpa",
        "shop.example.",
        "shop..example",
        "-shop.example",
        "shop-.example",
        "shop%2eexample",
        "127%2e0.0.1",
        "a%00b.example",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "[fd00:ec2::254]",
        "[fd20:ce::254]"
      })
  void hosts_that_are_internal_or_read_in_several_ways_are_refused(String host) {
    assertThat(refused(guard, "http://" + host + "/")).isTrue();
    assertThat(refused(guard, "https://" + host + ":8443/a.jpg")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/main.jpg",
        "//shop.example/",
        "shop.example",
        "http:shop.example",
        "http:",
        "http://",
        "http:///a",
        "file:///etc/passwd",
        "ftp://shop.example/",
        "gopher://shop.example/",
        "jar:http://shop.example/a!/b",
        "netdoc:///etc/passwd",
        "dict://shop.example/",
        "ldap://shop.example/",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "https://good@shop.example/",
        "https://good:pass@127.0.0.1/",
        "https://@shop.example/",
        "https://shop.example@127.0.0.1/",
        "https://shop.example\\@127.0.0.1/",
        "https://127.0.0.1\\@shop.example/",
        "https://shop.example/#fragment",
        "https://shop.example#@127.0.0.1/",
        "https://shop.example/#",
        "https://shop.example:/",
        "https://shop.example:0443/",
        "https://shop.example:+443/",
        "https://shop.example:443x/",
        "https://shop.example:65536/",
        "https://shop.example:0/",
        "https://shop.example:-1/",
        "https://shop.example/\r\nHost: x",
        "https://shop.example/a\tb",
        "https://shop example/",
        "https://shop.example%2f@127.0.0.1/",
        "https://a,b.example/",
        "https://[::1/",
        "https://::1/"
      })
  void addresses_that_are_not_plain_web_addresses_are_refused(String address) {
    assertThat(refused(guard, address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 22, 25, 79, 81, 110, 442, 444, 1023, 5432, 6379, 9092, 9093, 9094})
  void infrastructure_ports_are_refused(int port) {
    assertThat(guard.inspect(URI.create("https://shop.example:" + port + "/")))
        .hasValueSatisfying(refusal -> assertThat(refusal.rule()).isEqualTo(Refusal.Rule.PORT));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 443, 1024, 8080, 8443, 9091, 9095, 65535})
  void web_ports_are_allowed(int port) {
    assertThat(guard.inspect(URI.create("https://shop.example:" + port + "/"))).isEmpty();
  }

  @Test
  void the_length_is_limited_to_2048_characters() {
    String start = "https://shop.example/";
    String longest = start + "a".repeat(2048 - start.length());

    assertThat(guard.inspect(URI.create(longest))).isEmpty();
    assertThat(guard.inspect(URI.create(longest + "a")))
        .hasValue(new Refusal(Refusal.Rule.LENGTH, "must not be longer than 2048 characters"));
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://shop.example/, SCHEME",
    "https://a@shop.example/, FORM",
    "https://shop.example/#a, FORM",
    "https://2130706433/, HOST",
    "https://0177.0.0.1/, HOST",
    "https://shop.example:22/, PORT",
    "https://localhost/, ADDRESS",
    "https://10.0.0.1/, ADDRESS",
  })
  void a_refusal_names_the_rule(String address, Refusal.Rule rule) {
    assertThat(guard.inspect(URI.create(address)).map(Refusal::rule)).hasValue(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080/",
        "http://LOCALHOST:8080/",
        "http://127.0.0.1:8080/",
        "http://[::1]:8080/",
        "https://shop.example/"
      })
  void development_may_name_the_machine_itself(String address) {
    assertThat(development.inspect(URI.create(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://169.254.169.254/",
        "http://[::]/",
        "http://[fe80::1]/",
        "http://metadata.google.internal/",
        "http://db/",
        "http://[::ffff:127.0.0.1]/",
        "http://127.1/",
        "http://localhost:5432/",
        "http://localhost:22/",
        "http://localhost./"
      })
  void development_may_name_nothing_else_that_is_internal(String address) {
    assertThat(refused(development, address)).isTrue();
  }

  @Test
  void settings_that_cannot_be_read_are_named() {
    assertThatThrownBy(() -> with(List.of("443", "70000"), List.of()))
        .hasMessageStartingWith("allowed-ports: 70000: port: 70000-70000 (expected: ");
    assertThatThrownBy(() -> with(List.of("443-80"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> with(List.of("443"), List.of("10.0.0.0/33")))
        .hasMessageStartingWith("denied-networks: 10.0.0.0/33: prefix: 33 (expected: ");
    assertThatThrownBy(() -> with(List.of("443"), List.of("shop.example")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OutboundSettings with(List<String> ports, List<String> networks) {
    return new OutboundSettings(false, ports, List.of(), networks, Duration.ofSeconds(1), 1);
  }

  /** What cannot be read as a URI at all cannot be named either. */
  private static boolean refused(OutboundGuard guard, String address) {
    Optional<URI> read = read(address);
    return read.isEmpty() || guard.inspect(read.get()).isPresent();
  }

  private static Optional<URI> read(String address) {
    try {
      return Optional.of(new URI(address));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
