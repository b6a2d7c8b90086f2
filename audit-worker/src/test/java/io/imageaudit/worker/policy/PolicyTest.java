package io.imageaudit.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.model.Category;
import io.imageaudit.model.Finding;
import io.imageaudit.model.FindingSource;
import io.imageaudit.model.ImageRole;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import io.imageaudit.worker.check.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final String TEXT =
      """
      checks: [demo]
      categories:
        divert.qrcode: {review: 0.5, block: 0.8}
        overlay.npx: {review: 0.5}
      roles:
        main:
          overlay.npx: {review: 0.3, block: 0.6}
      tenants:
        acme:
          divert.qrcode: {review: 0.9}
      """;

  private final Policy policy = read(TEXT);

  @ParameterizedTest
  @CsvSource({
    "divert.qrcode, 0.49, PASS",
    "divert.qrcode, 0.5, REVIEW",
    "divert.qrcode, 0.79, REVIEW",
    "divert.qrcode, 0.8, BLOCK",
    "overlay.npx, 1.0, REVIEW",
    "adult.explicit, 1.0, PASS"
  })
  void a_score_asks_for_action_from_the_threshold_on(
      String category, double score, Verdict expected) {
    Decision decision =
        policy.decide(
            List.of(observation(category, score)), List.of(), new TenantId("other"), null);

    assertThat(decision.verdict()).isEqualTo(expected);
    assertThat(decision.findings()).hasSize(expected == Verdict.PASS ? 0 : 1);
  }

  @Test
  void the_most_special_rule_counts() {
    List<Observation> seen =
        List.of(observation("overlay.npx", 0.7), observation("divert.qrcode", 0.85));

    assertThat(policy.decide(seen, List.of(), new TenantId("other"), ImageRole.MAIN).findings())
        .extracting(Finding::action)
        .containsExactly(Verdict.BLOCK, Verdict.BLOCK);
    assertThat(policy.decide(seen, List.of(), ACME, ImageRole.MAIN).findings())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.category()).isEqualTo(new Category("overlay.npx")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"review", "hold", "block"})
  void a_missing_check_never_passes(String missing) {
    Policy strict = read(TEXT + "missing: " + missing + "\n");
    Random random = new Random(20_261_124);
    for (int run = 0; run < 500; run++) {
      List<Observation> seen = new ArrayList<>();
      for (int item = random.nextInt(4); item > 0; item--) {
        seen.add(observation("divert.qrcode", random.nextDouble()));
      }
      assertThat(strict.decide(seen, List.of("demo"), ACME, null).verdict())
          .isNotEqualTo(Verdict.PASS);
    }
  }

  @Test
  void a_verdict_never_gets_milder_by_seeing_more() {
    Random random = new Random(20_261_125);
    TenantId tenant = new TenantId("other");
    for (int run = 0; run < 500; run++) {
      List<Observation> seen = new ArrayList<>();
      Verdict before = Verdict.PASS;
      for (int item = 0; item < 5; item++) {
        seen.add(observation("divert.qrcode", random.nextDouble()));
        Verdict now = policy.decide(seen, List.of(), tenant, null).verdict();
        assertThat(now).isGreaterThanOrEqualTo(before);
        before = now;
      }
    }
  }

  @Test
  void the_version_is_the_digest_of_the_content() {
    assertThat(read(TEXT).ref()).isEqualTo(policy.ref());
    assertThat(read(TEXT + "# changed\n").ref()).isNotEqualTo(policy.ref());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "checks: []",
        "checks: [demo]\nmissing: pass",
        "checks: [demo]\nmisspelt: 1",
        "checks: [demo]\ncategories: {nodot: {review: 0.5}}",
        "checks: [demo]\ncategories: {a.b: {review: 1.5}}",
        "checks: [demo]\ncategories: {a.b: {review: 0.9, block: 0.5}}",
        "checks: [demo\n",
        "!!java.net.URL [\"http://example.com\"]"
      })
  void what_is_no_policy_is_refused_with_its_name(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("test.yaml: ");
  }

  @Test
  void the_shipped_policy_reads() throws IOException {
    Policy shipped =
        new PolicyReader().read("default", Files.readAllBytes(Path.of("../policies/default.yaml")));

    assertThat(shipped.checks()).containsExactly("demo");
    assertThat(shipped.missing()).isEqualTo(WhenMissing.REVIEW);
    assertThat(shipped.thresholds(new Category("divert.qrcode"), ACME, null))
        .contains(new Rule(0.5, 0.8));
  }

  private static Policy read(String text) {
    return new PolicyReader().read("test", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Observation observation(String category, double score) {
    return new Observation(
        new Category(category), "label", score, FindingSource.IMAGE, "demo", null, null);
  }
}
