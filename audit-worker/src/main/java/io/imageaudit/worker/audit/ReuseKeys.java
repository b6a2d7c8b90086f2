package io.imageaudit.worker.audit;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.worker.check.Checks;
import io.imageaudit.worker.policy.Policies;
import io.imageaudit.worker.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Names what a verdict depends on: the bytes and what of them is looked at, the tenant, the image's
 * role, the policy's version and the models with their versions. Two audits of the same key get the
 * same verdict.
 */
final class ReuseKeys {

  private final Policies policies;
  private final Checks checks;
  private final String viewing;
  private final boolean enabled;

  /**
   * Makes keys.
   *
   * @param viewing names what part of an image is looked at
   */
  ReuseKeys(Policies policies, Checks checks, String viewing, boolean enabled) {
    this.policies = policies;
    this.checks = checks;
    this.viewing = viewing;
    this.enabled = enabled;
  }

  /** The key of an audit that has not been judged; none while a model's version is not known. */
  Optional<String> of(AuditIngested event) {
    return policies
        .of(event.request().strategy())
        .flatMap(policy ->
            checks.identity(policy.checks()).flatMap(models -> of(event, policy, models)));
  }

  /** The key of a verdict that may count for others; none when it was not the first choice's. */
  Optional<String> of(AuditIngested event, Policy policy, Judgement.Judged judged) {
    return judged.missing().isEmpty()
        ? checks.identityOf(judged.seen()).flatMap(models -> of(event, policy, models))
        : Optional.empty();
  }

  private Optional<String> of(AuditIngested event, Policy policy, String models) {
    if (!enabled) {
      return Optional.empty();
    }
    String all =
        String.join(
            "|",
            event.image().sha256().hex(),
            event.request().tenant().value(),
            String.valueOf(event.request().imageRole()),
            policy.ref().strategy(),
            policy.ref().version(),
            viewing,
            models);
    return Optional.of(ContentDigest.of(all.getBytes(StandardCharsets.UTF_8)).hex());
  }
}
