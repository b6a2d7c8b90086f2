package io.imageaudit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.model.event.AuditConcluded;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditResultTest {

  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");

  private final JsonMapper json = AuditJson.mapper();

  @Test
  void a_blocked_image_is_not_safe_and_names_each_violation_once() {
    Finding one = finding("divert.qrcode", Verdict.BLOCK);
    Finding again = finding("divert.qrcode", Verdict.REVIEW);
    Finding harmless = finding("overlay.watermark", Verdict.PASS);

    JsonNode data =
        json.valueToTree(
            AuditResult.of(concluded(Verdict.BLOCK, null, List.of(one, again, harmless))));

    assertThat(data.get("is_safe").booleanValue()).isFalse();
    assertThat(data.get("violations")).hasToString("[\"divert.qrcode\"]");
    assertThat(data.get("findings")).hasSize(3);
    assertThat(data.get("error").isNull()).isTrue();
  }

  @Test
  void a_passed_image_is_safe() {
    AuditResult result = AuditResult.of(concluded(Verdict.PASS, null, List.of()));

    assertThat(result.safe()).isTrue();
    assertThat(result.violations()).isEmpty();
  }

  @Test
  void an_image_without_a_verdict_is_neither_safe_nor_unsafe() {
    Failure error = new Failure(FailureCode.CORRUPT_IMAGE, "It ends too early.");

    AuditResult result = AuditResult.of(concluded(null, error, List.of()));

    assertThat(result.safe()).isNull();
    assertThat(result.status()).isEqualTo(AuditStatus.FAILED);
    assertThat(result.error()).isEqualTo(error);
  }

  @Test
  void an_end_has_either_a_verdict_or_an_error() {
    Failure error = new Failure(FailureCode.CORRUPT_IMAGE, "It ends too early.");

    assertThatThrownBy(() ->
            new AuditConcluded(
                new AuditId(UUID.randomUUID()),
                request(),
                1,
                AuditStatus.COMPLETED,
                Verdict.PASS,
                VerdictSource.MACHINE,
                List.of(),
                false,
                List.of(),
                null,
                null,
                error,
                NOW,
                null,
                null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("status: COMPLETED");
  }

  private static AuditConcluded concluded(
      @Nullable Verdict verdict, @Nullable Failure error, List<Finding> findings) {
    return new AuditConcluded(
        new AuditId(UUID.randomUUID()),
        request(),
        1,
        verdict == null ? AuditStatus.FAILED : AuditStatus.COMPLETED,
        verdict,
        verdict == null ? null : VerdictSource.MACHINE,
        findings,
        false,
        List.of(),
        null,
        null,
        error,
        NOW,
        null,
        null);
  }

  private static AuditRequest request() {
    return new AuditRequest(
        new TenantId("acme"),
        null,
        null,
        "default",
        null,
        Priority.BULK,
        "0af7651916cd43dd8448eb211c80319c",
        NOW,
        NOW.plusSeconds(60));
  }

  private static Finding finding(String category, Verdict action) {
    return new Finding(
        new Category(category), "label", 0.9, action, FindingSource.IMAGE, "demo", null, null);
  }
}
