package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.PolicyRef;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service with calls of its management, and what tests conclude. */
abstract class ManagedService extends WholeService {

  private final JsonMapper json = new JsonMapper();

  static String text(Receiver.Request request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  JsonNode subscribe(TenantId tenant, URI url, String more) {
    return post(tenant, "endpoints", "{\"url\":\"" + url + "\"," + more + "}", 201).path("data");
  }

  JsonNode get(TenantId tenant, String path) {
    return call(tenant, path, 200).path("data");
  }

  JsonNode call(TenantId tenant, String path, int status) {
    return read(
        client()
            .get()
            .uri(
                URI.create(
                    "http://localhost:" + port + "/internal/v1/tenants/" + tenant + "/" + path))
            .header("Authorization", "Bearer 0123456789abcdef0123456789abcdef"),
        status);
  }

  JsonNode post(TenantId tenant, String path, String body, int status) {
    return read(
        client()
            .post()
            .uri("/internal/v1/tenants/" + tenant + "/" + path)
            .header("Authorization", "Bearer 0123456789abcdef0123456789abcdef")
            .contentType(MediaType.APPLICATION_JSON)
            .body(body),
        status);
  }

  JsonNode delete(TenantId tenant, String path, int status) {
    return read(
        client()
            .delete()
            .uri("/internal/v1/tenants/" + tenant + "/" + path)
            .header("Authorization", "Bearer 0123456789abcdef0123456789abcdef"),
        status);
  }

  JsonNode put(TenantId tenant, String path, String body, int status) {
    return read(
        client()
            .put()
            .uri("/internal/v1/tenants/" + tenant + "/" + path)
            .header("Authorization", "Bearer 0123456789abcdef0123456789abcdef")
            .contentType(MediaType.APPLICATION_JSON)
            .body(body),
        status);
  }

  private JsonNode read(RestTestClient.RequestHeadersSpec<?> request, int status) {
    byte[] answer =
        request
            .exchange()
            .expectStatus()
            .isEqualTo(status)
            .expectBody()
            .returnResult()
            .getResponseBody();
    assertThat(answer).isNotNull();
    return json.readTree(answer);
  }

  AuditConcluded verdict(TenantId tenant, @Nullable URI callback, Verdict verdict, int seq) {
    return concluded(new AuditId(UUID.randomUUID()), failed(tenant, callback), verdict, seq);
  }

  static AuditConcluded next(AuditConcluded former, Verdict verdict) {
    return concluded(former.auditId(), former, verdict, former.verdictSeq() + 1);
  }

  private static AuditConcluded concluded(
      AuditId id, AuditConcluded like, Verdict verdict, int seq) {
    return new AuditConcluded(
        id,
        like.request(),
        seq,
        AuditStatus.COMPLETED,
        verdict,
        VerdictSource.MACHINE,
        List.of(),
        false,
        List.of(),
        new PolicyRef("default", "1"),
        null,
        null,
        like.concludedAt(),
        null,
        null);
  }
}
