package io.imageaudit.worker.policy;

import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Looks at the policy files from time to time. */
final class RefreshPolicies {

  private static final Logger LOG = LoggerFactory.getLogger(RefreshPolicies.class);

  private final FilePolicies policies;

  RefreshPolicies(FilePolicies policies) {
    this.policies = policies;
  }

  @Scheduled(
      fixedDelayString = "${image-audit.policy.refresh:5s}",
      initialDelayString = "${image-audit.policy.refresh:5s}")
  void refresh() {
    try {
      policies.refresh();
    } catch (UncheckedIOException e) {
      LOG.error("policies cannot be read; the ones in force stay", e);
    }
  }
}
