package io.imageaudit.gateway.limits;

import java.util.Map;

/** Limits of one feature, told by that feature from its running configuration. */
@FunctionalInterface
public interface Limits {

  /** Names in snake_case with their unit, and values. */
  Map<String, Object> inForce();
}
