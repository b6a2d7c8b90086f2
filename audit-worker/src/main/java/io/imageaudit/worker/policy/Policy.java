package io.imageaudit.worker.policy;

import io.imageaudit.model.Category;
import io.imageaudit.model.Finding;
import io.imageaudit.model.ImageRole;
import io.imageaudit.model.PolicyRef;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import io.imageaudit.worker.check.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was observed into a verdict. The same input gives the same verdict for ever: the
 * version is the digest of the rules.
 */
public final class Policy {

  private final PolicyRef ref;
  private final PolicyDocument document;

  Policy(PolicyRef ref, PolicyDocument document) {
    this.ref = ref;
    this.document = document;
  }

  /** Its name and version. */
  public PolicyRef ref() {
    return ref;
  }

  /** Names of the checks that must look. */
  public Set<String> checks() {
    return document.checks();
  }

  /** What a check that could not look means. */
  public WhenMissing missing() {
    return document.missing();
  }

  /**
   * Decides. A verdict with a missing check is never PASS.
   *
   * @param observed what the checks saw
   * @param missing names of the checks that could not look
   */
  public Decision decide(
      List<Observation> observed, List<String> missing, TenantId tenant, @Nullable ImageRole role) {
    List<Finding> findings = new ArrayList<>();
    Verdict verdict = missing.isEmpty() ? Verdict.PASS : degraded();
    for (Observation observation : observed) {
      Rule rule = rule(observation.category(), tenant, role);
      Verdict action = rule == null ? Verdict.PASS : rule.actionAt(observation.score());
      if (action != Verdict.PASS) {
        findings.add(finding(observation, action));
        verdict = verdict.or(action);
      }
    }
    findings.sort(
        Comparator.comparing(Finding::action, Comparator.reverseOrder())
            .thenComparing(Finding::score, Comparator.reverseOrder()));
    return new Decision(verdict, findings);
  }

  /** The rule that counts for a category; none when it is no violation. */
  public Optional<Rule> thresholds(Category category, TenantId tenant, @Nullable ImageRole role) {
    return Optional.ofNullable(rule(category, tenant, role));
  }

  private @Nullable Rule rule(Category category, TenantId tenant, @Nullable ImageRole role) {
    Rule rule = document.tenants().getOrDefault(tenant, Map.of()).get(category);
    if (rule == null && role != null) {
      rule = document.roles().getOrDefault(role, Map.of()).get(category);
    }
    return rule == null ? document.categories().get(category) : rule;
  }

  private Verdict degraded() {
    return switch (document.missing()) {
      case REVIEW, HOLD -> Verdict.REVIEW;
      case BLOCK -> Verdict.BLOCK;
    };
  }

  private static Finding finding(Observation observation, Verdict action) {
    return new Finding(
        observation.category(),
        observation.label(),
        observation.score(),
        action,
        observation.source(),
        observation.check(),
        observation.box(),
        observation.text());
  }
}
