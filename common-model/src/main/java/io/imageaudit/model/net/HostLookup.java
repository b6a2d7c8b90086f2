package io.imageaudit.model.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. */
@FunctionalInterface
public interface HostLookup {

  /**
   * All addresses of the name, in order of preference.
   *
   * @param host a name without trailing dot, or a literal address without brackets
   * @throws UnknownHostException when the name has none, or cannot be looked up
   */
  List<InetAddress> lookup(String host) throws UnknownHostException;

  /** Asks the platform's resolver. */
  static HostLookup system() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
