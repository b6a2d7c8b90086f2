package io.imageaudit.model.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinningDnsResolverTest {

  private static final String HOST = "shop.example";

  @Test
  void the_checked_addresses_are_the_ones_to_connect_to() throws UnknownHostException {
    DnsResolver resolver = answering("8.8.8.8", "2606:4700:4700::1111");

    assertThat(resolver.resolve(HOST))
        .containsExactly(
            InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2606:4700:4700::1111"));
    assertThat(resolver.resolve(HOST, 443))
        .containsExactly(
            new InetSocketAddress(InetAddress.ofLiteral("8.8.8.8"), 443),
            new InetSocketAddress(InetAddress.ofLiteral("2606:4700:4700::1111"), 443));
    assertThat(resolver.resolveCanonicalHostname(HOST)).isEqualTo(HOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "8.8.8.8,127.0.0.1",
        "127.0.0.1,8.8.8.8",
        "8.8.8.8,fd00::1",
        "10.0.0.1",
        "169.254.169.254"
      })
  void an_answer_with_one_internal_address_is_refused_whole(String addresses) {
    DnsResolver resolver = answering(addresses.split(","));

    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> resolver.resolve(HOST));
    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> resolver.resolve(HOST, 443));
  }

  @Test
  void a_name_that_changes_its_answer_is_asked_once_for_each_connection()
      throws UnknownHostException {
    AtomicInteger asked = new AtomicInteger();
    DnsResolver resolver =
        resolver(_ ->
            List.of(InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "8.8.8.8" : "127.0.0.1")));

    assertThat(resolver.resolve(HOST, 443)).hasSize(1);
    assertThat(asked).hasValue(1);
    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> resolver.resolve(HOST, 443));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "2130706433", "127.1", "localhost", "10.0.0.1"})
  void internal_hosts_are_refused_without_a_look_up(String host) {
    DnsResolver resolver = answering("8.8.8.8");

    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> resolver.resolve(host, 443));
  }

  @Test
  void literal_public_addresses_need_no_look_up() throws UnknownHostException {
    DnsResolver resolver =
        resolver(host -> {
          throw new AssertionError("looked up " + host);
        });

    assertThat(resolver.resolve("8.8.8.8")).containsExactly(InetAddress.ofLiteral("8.8.8.8"));
    assertThat(resolver.resolve("2606:4700:4700::1111"))
        .containsExactly(InetAddress.ofLiteral("2606:4700:4700::1111"));
  }

  @Test
  void infrastructure_ports_are_refused() {
    assertThatExceptionOfType(ForbiddenAddressException.class)
        .isThrownBy(() -> answering("8.8.8.8").resolve(HOST, 5432));
  }

  @Test
  void a_name_without_or_with_very_many_addresses_is_refused() {
    DnsResolver none = resolver(_ -> List.of());
    DnsResolver many = resolver(_ -> Collections.nCopies(33, InetAddress.ofLiteral("8.8.8.8")));

    assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> none.resolve(HOST));
    assertThatExceptionOfType(ForbiddenAddressException.class).isThrownBy(() -> many.resolve(HOST));
  }

  @Test
  void an_unknown_name_is_told_from_a_forbidden_one() {
    DnsResolver resolver =
        resolver(host -> {
          throw new UnknownHostException(host);
        });

    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> resolver.resolve(HOST))
        .isNotInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void stalled_look_ups_are_given_up_and_do_not_pile_up() {
    CountDownLatch stall = new CountDownLatch(1);
    AtomicInteger started = new AtomicInteger();
    OutboundSettings brief =
        new OutboundSettings(false, List.of("443"), List.of(), List.of(), Duration.ofMillis(50), 2);
    DnsResolver resolver =
        new OutboundGuard(
                brief,
                host -> {
                  started.incrementAndGet();
                  awaitQuietly(stall);
                  throw new UnknownHostException(host);
                })
            .dnsResolver();

    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(LookupTimeoutException.class)
          .isThrownBy(() -> resolver.resolve(HOST));
    }
    stall.countDown();

    assertThat(started).hasValueLessThanOrEqualTo(2);
  }

  private static DnsResolver answering(String... addresses) {
    List<InetAddress> answer = Arrays.stream(addresses).map(InetAddress::ofLiteral).toList();
    return resolver(_ -> answer);
  }

  private static DnsResolver resolver(HostLookup lookup) {
    return new OutboundGuard(OutboundGuardTest.settings(false), lookup).dnsResolver();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
