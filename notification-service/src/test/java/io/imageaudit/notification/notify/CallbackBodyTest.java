package io.imageaudit.notification.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Category;
import io.imageaudit.model.Finding;
import io.imageaudit.model.FindingSource;
import io.imageaudit.model.PolicyRef;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CallbackBodyTest {

  private static final Instant AT = Instant.parse("2026-11-24T10:00:05Z");

  private final CallbackBody body = new CallbackBody("https://api.example");

  @Test
  void it_is_the_result_with_type_time_and_what_it_supersedes() {
    JsonNode message = message(2, 1);
    assertThat(message.path("type").asString()).isEqualTo("image.audit.concluded");
    assertThat(message.path("timestamp").asString()).isEqualTo("2026-11-24T10:00:05Z");
    assertThat(message.path("data").path("verdict_seq").asInt()).isEqualTo(2);
    assertThat(message.path("data").path("supersedes").asInt()).isEqualTo(1);
    assertThat(message.path("data").path("is_safe").asBoolean()).isFalse();
    assertThat(message.path("data").path("findings")).hasSize(1);
  }

  @Test
  void the_first_verdict_supersedes_nothing() {
    assertThat(message(1, 1).path("data").path("supersedes").isNull()).isTrue();
  }

  @Test
  void a_large_result_is_replaced_by_what_matters_and_a_link() {
    JsonNode data = message(1, 5000).path("data");
    assertThat(data.path("link").asString())
        .isEqualTo("https://api.example/v1/audits/" + data.path("audit_id").asString());
    assertThat(data.path("verdict").asString()).isEqualTo("BLOCK");
    assertThat(data.has("findings")).isFalse();
  }

  private JsonNode message(int seq, int findings) {
    byte[] bytes = body.of(concluded(seq, findings));
    assertThat(bytes).hasSizeLessThanOrEqualTo(CallbackBody.MOST_BYTES);
    return new JsonMapper().readTree(bytes);
  }

  private static AuditConcluded concluded(int seq, int findings) {
    Finding finding =
        new Finding(
            new Category("divert.qrcode"),
            "qr_code",
            0.9,
            Verdict.BLOCK,
            FindingSource.IMAGE,
            "demo",
            null,
            "text of the finding");
    AuditRequest request =
        new AuditRequest(
            new TenantId("acme"),
            "sku-1",
            null,
            "default",
            null,
            Priority.BULK,
            "0af7651916cd43dd8448eb211c80319c",
            AT,
            AT);
    return new AuditConcluded(
        new AuditId(UUID.randomUUID()),
        request,
        seq,
        AuditStatus.COMPLETED,
        Verdict.BLOCK,
        VerdictSource.MACHINE,
        Collections.nCopies(findings, finding),
        false,
        List.of(),
        new PolicyRef("default", "1"),
        null,
        null,
        AT,
        null,
        null);
  }
}
