package io.imageaudit.gateway.submit;

/** The policies that can be asked for. */
interface Strategies {

  /** Name of the policy that applies when none is asked for. */
  String DEFAULT = "default";

  /** Whether there is a policy of this name, which may be any text. */
  boolean has(String name);
}
