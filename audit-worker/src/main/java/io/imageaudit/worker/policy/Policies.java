package io.imageaudit.worker.policy;

import java.util.Optional;

/** The policies, one per strategy. */
public interface Policies {

  /** The policy that counts now for a strategy, if there is one. */
  Optional<Policy> of(String strategy);
}
