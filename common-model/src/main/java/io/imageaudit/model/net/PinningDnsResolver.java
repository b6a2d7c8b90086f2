package io.imageaudit.model.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves each host once, checks every address of the answer and hands exactly these to the
 * client, so that a name that answers otherwise the next time gains nothing. An answer in which one
 * address is refused is refused whole.
 */
final class PinningDnsResolver implements DnsResolver {

  private static final int MAX_ADDRESSES = 32;

  private final HostRule hosts;
  private final AddressPolicy addresses;
  private final PortRule ports;
  private final HostLookup lookup;

  PinningDnsResolver(HostRule hosts, AddressPolicy addresses, PortRule ports, HostLookup lookup) {
    this.hosts = hosts;
    this.addresses = addresses;
    this.ports = ports;
    this.lookup = lookup;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Optional<Refusal> refusal = hosts.inspect(host);
    if (refusal.isPresent()) {
      throw new ForbiddenAddressException(host, refusal.get().message());
    }
    InetAddress literal = HostRule.literal(host);
    List<InetAddress> found = literal == null ? lookup.lookup(host) : List.of(literal);
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    if (found.size() > MAX_ADDRESSES) {
      throw new ForbiddenAddressException(host, "has more than " + MAX_ADDRESSES + " addresses");
    }
    for (InetAddress address : found) {
      if (!addresses.allows(address)) {
        throw new ForbiddenAddressException(
            host, address.getHostAddress() + " is no address of the public Internet");
      }
    }
    return found.toArray(InetAddress[]::new);
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    if (!ports.allows(port)) {
      throw new ForbiddenAddressException(host, "port " + port + " is not allowed");
    }
    return Stream.of(resolve(host)).map(address -> new InetSocketAddress(address, port)).toList();
  }

  /** The host itself: a second look-up could answer otherwise. */
  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
