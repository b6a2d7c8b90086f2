package io.imageaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the services log: whose audit a line belongs to, and no secret. */
class LogIT {

  private static final List<PartName> SERVICES =
      List.of(PartName.GATEWAY, PartName.INTAKE, PartName.WORKER, PartName.NOTIFICATION);

  private final StackUnderTest stack = StackUnderTest.shared();

  @Test
  void line_about_an_audit_names_its_trace_and_tenant_and_no_line_holds_a_secret()
      throws Exception {
    try (Merchant merchant = Merchant.of(stack)) {
      byte[] picture = Files.readAllBytes(Merchant.SAMPLES.resolve("clean-mug-02.jpg"));
      String auditId = ((Receipt.Accepted) merchant.submitFile("logged.jpg", picture)).auditId();
      merchant.awaitCallback(auditId);
      String traceId = merchant.find(auditId).path("trace_id").asString();

      JsonNode line =
          await()
              .atMost(Merchant.PATIENCE)
              .until(() -> lineAbout(auditId), Optional::isPresent)
              .orElseThrow();

      assertThat(line.path("trace_id").asString()).isEqualTo(traceId);
      assertThat(line.path("tenant").asString()).isEqualTo(Secrets.TENANT);
      assertThat(line.path("service").path("name").asString()).isEqualTo("intake-service");
      for (PartName service : SERVICES) {
        assertThat(Files.readString(stack.folder().log(service)))
            .as(service.text())
            .isNotEmpty()
            .doesNotContain(secrets());
      }
    }
  }

  private Optional<JsonNode> lineAbout(String auditId) throws IOException {
    try (Stream<String> lines = Files.lines(stack.folder().log(PartName.INTAKE))) {
      return lines
          .filter(line -> line.startsWith("{") && line.contains(auditId))
          .map(JsonMapper.shared()::readTree)
          .filter(line -> line.path("audit_id").asString("").equals(auditId))
          .findFirst();
    }
  }

  private String[] secrets() throws IOException {
    Secrets secrets = stack.secrets();
    return Stream.concat(
            Stream.of(
                secrets.apiKey(),
                secrets.adminKey(),
                secrets.jwtSecret(),
                secrets.webhookSecret(),
                secrets.internalToken(),
                secrets.encryptionKey(),
                secrets.databasePassword()),
            Stream.of("gateway", "intake", "audit", "notification").map(secrets::passwordOf))
        .toArray(String[]::new);
  }
}
