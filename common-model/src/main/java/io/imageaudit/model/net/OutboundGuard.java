package io.imageaudit.model.net;

import java.net.URI;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every connection to an address that a tenant chose. It works in two steps that
 * belong together: {@link #inspect} judges the text of the address without any look-up, and {@link
 * #dnsResolver()} judges what the host name stands for at the moment of connecting.
 *
 * <p>A client that uses the resolver must not use a proxy (the resolver would see the proxy's name
 * only) and must not follow redirects by itself (each target must be inspected).
 */
public final class OutboundGuard {

  private static final int MAX_LENGTH = 2048;

  private final PortRule ports;
  private final HostRule hosts;
  private final DnsResolver dnsResolver;

  /**
   * Makes the guard.
   *
   * @param settings what is allowed
   * @param lookup finds addresses of names; called at most so many times at once as the settings
   *     say
   */
  public OutboundGuard(OutboundSettings settings, HostLookup lookup) {
    this.ports = settings.portRule();
    AddressPolicy addresses = settings.addressPolicy();
    this.hosts = new HostRule(settings.allowLoopback(), addresses);
    HostLookup bounded =
        new BoundedHostLookup(lookup, settings.lookupTimeout(), settings.concurrentLookups());
    this.dnsResolver = new PinningDnsResolver(hosts, addresses, ports, bounded);
  }

  /**
   * Why a tenant may not name this address; empty when it may. Looks nothing up: the name may still
   * turn out to stand for an address that is refused.
   */
  public Optional<Refusal> inspect(URI address) {
    if (address.toString().length() > MAX_LENGTH) {
      return refuse(Refusal.Rule.LENGTH, "must not be longer than " + MAX_LENGTH + " characters");
    }
    if (!isWeb(address.getScheme())) {
      return refuse(Refusal.Rule.SCHEME, "must start with http:// or https://");
    }
    return inspectForm(address).or(() -> inspectTarget(address));
  }

  /**
   * A resolver for Apache HttpClient that checks every address and hands out the checked ones. It
   * throws {@link ForbiddenAddressException} for what is refused and {@link LookupTimeoutException}
   * for what takes too long.
   */
  public DnsResolver dnsResolver() {
    return dnsResolver;
  }

  private Optional<Refusal> inspectForm(URI address) {
    String authority = address.getRawAuthority();
    if (address.getRawUserInfo() != null || (authority != null && authority.indexOf('@') >= 0)) {
      return refuse(Refusal.Rule.FORM, "must not name a user");
    }
    if (address.getRawFragment() != null) {
      return refuse(Refusal.Rule.FORM, "must not have a fragment");
    }
    String host = address.getHost();
    if (host == null) {
      return refuse(Refusal.Rule.HOST, "must have a host name in ASCII (punycode)");
    }
    String plain = address.getPort() < 0 ? host : host + ":" + address.getPort();
    return plain.equals(authority)
        ? Optional.empty()
        : refuse(Refusal.Rule.FORM, "must have a plain host and port");
  }

  private Optional<Refusal> inspectTarget(URI address) {
    int port = address.getPort() < 0 ? defaultPort(address) : address.getPort();
    if (!ports.allows(port)) {
      return refuse(Refusal.Rule.PORT, "must not use port " + port);
    }
    return hosts.inspect(address.getHost());
  }

  private static boolean isWeb(@Nullable String scheme) {
    return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
  }

  private static int defaultPort(URI address) {
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  private static Optional<Refusal> refuse(Refusal.Rule rule, String message) {
    return Optional.of(new Refusal(rule, message));
  }
}
