package io.imageaudit.gateway;

import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.Category;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.Coverage;
import io.imageaudit.model.Evidence;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.Finding;
import io.imageaudit.model.FindingSource;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.PolicyRef;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the other services say of an audit. */
final class Events {

  static final byte[] PICTURE =
      "any bytes; the door does not look inside".getBytes(StandardCharsets.UTF_8);

  private Events() {}

  /** The picture that verdicts are of; no test leaves an unfinished audit of it. */
  static final ContentDigest JUDGED =
      ContentDigest.of("a picture that was judged".getBytes(StandardCharsets.UTF_8));

  static ImageFacts facts() {
    return facts(JUDGED);
  }

  static ImageFacts facts(ContentDigest digest) {
    return new ImageFacts(digest, "jpeg", 640, 480, PICTURE.length, 1, null);
  }

  static AuditConcluded concluded(AuditSubmitted submitted) {
    Finding finding =
        new Finding(
            new Category("divert.qrcode"),
            "qr_code",
            0.97,
            Verdict.BLOCK,
            FindingSource.IMAGE,
            "demo",
            null,
            null);
    return new AuditConcluded(
        submitted.auditId(),
        submitted.request(),
        1,
        AuditStatus.COMPLETED,
        Verdict.BLOCK,
        VerdictSource.MACHINE,
        List.of(finding),
        false,
        List.of(),
        new PolicyRef("strict", "v1"),
        facts(),
        null,
        Instant.now(),
        new Coverage(1, 1, 3, 2),
        evidence());
  }

  static AuditConcluded failed(AuditSubmitted submitted) {
    return AuditConcluded.failed(
        submitted.auditId(),
        submitted.request(),
        new Failure(FailureCode.CORRUPT_IMAGE, "The image cannot be read."),
        null,
        Instant.now());
  }

  static AuditNotified notified(AuditSubmitted submitted) {
    return new AuditNotified(
        submitted.auditId(),
        submitted.request(),
        1,
        UUID.randomUUID(),
        URI.create("https://shop.example/hook"),
        AuditNotified.Outcome.DELIVERED,
        1,
        200,
        Instant.now());
  }

  private static Evidence evidence() {
    Evidence.CheckEvidence check =
        new Evidence.CheckEvidence(
            "demo", "nsfw", "3", "224x224-rgb", Map.of("qr_code", 0.97), 1, 12, null);
    return new Evidence(
        List.of(check),
        Map.of(new Category("divert.qrcode"), new Evidence.Thresholds(0.5, 0.8)),
        2,
        9,
        31,
        640,
        480,
        "worker-1",
        null);
  }
}
