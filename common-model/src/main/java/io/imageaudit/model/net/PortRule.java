package io.imageaudit.model.net;

import java.util.List;

/**
 * Which ports may be connected to.
 *
 * @param allowed ranges that are open
 * @param denied exceptions from them
 */
record PortRule(List<PortRange> allowed, List<PortRange> denied) {

  PortRule {
    allowed = List.copyOf(allowed);
    denied = List.copyOf(denied);
  }

  boolean allows(int port) {
    return allowed.stream().anyMatch(range -> range.contains(port))
        && denied.stream().noneMatch(range -> range.contains(port));
  }
}
