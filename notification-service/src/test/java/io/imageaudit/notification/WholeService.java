package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealServers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The whole service against a real database and a real broker, with what its tests share. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "image-audit.internal.token=0123456789abcdef0123456789abcdef",
      "image-audit.webhooks.encryption-key=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
      "image-audit.webhooks.secrets.acme=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "image-audit.webhooks.secrets.starter=whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
      "image-audit.outbound.allow-loopback=true",
      "image-audit.outbound.denied-ports=",
      "image-audit.delivery.tenants.careful.verify-endpoints=true",
      "image-audit.delivery.replay-interval=100ms",
      "image-audit.delivery.retry-schedule=0s,100ms,100ms"
    })
@ContextConfiguration(initializers = RealServers.class)
abstract class WholeService {

  static final TenantId ACME = new TenantId("acme");
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Autowired EventPublisher publisher;
  @Autowired Heard heard;
  @Autowired JdbcClient jdbc;
  @LocalServerPort int port;

  final Random random = new Random();

  /** Hears what the service says. */
  @TestConfiguration
  static class Ears {
    @Bean
    Heard heard(EventCodec codec) {
      return new Heard(codec);
    }
  }

  static class Heard {
    private final EventCodec codec;
    private final List<AuditNotified> notified = new CopyOnWriteArrayList<>();

    Heard(EventCodec codec) {
      this.codec = codec;
    }

    @KafkaListener(topics = EventTopic.NOTIFIED_NAME, groupId = "ears-of-notification-it")
    void on(ConsumerRecord<String, byte @Nullable []> entry) {
      notified.add(codec.decode(EventTopic.NOTIFIED, entry));
    }

    List<AuditNotified> of(AuditId audit) {
      return notified.stream().filter(one -> one.auditId().equals(audit)).toList();
    }
  }

  String newSecret(TenantId tenant) {
    NewSecret secret =
        client()
            .post()
            .uri("/internal/v1/tenants/" + tenant + "/webhook-secrets")
            .header("Authorization", "Bearer 0123456789abcdef0123456789abcdef")
            .contentType(MediaType.APPLICATION_JSON)
            .body("{}")
            .exchange()
            .expectStatus()
            .isEqualTo(HttpStatus.CREATED)
            .expectBody(NewSecret.class)
            .returnResult()
            .getResponseBody();
    assertThat(secret).isNotNull();
    return secret.data().secret();
  }

  record NewSecret(Data data) {
    record Data(UUID secretId, String secret) {}
  }

  RestTestClient client() {
    return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
  }

  void conclude(AuditConcluded concluded) {
    publisher.publish(EventTopic.CONCLUDED, concluded, TraceParent.start(random));
  }

  AuditNotified awaitNotified(AuditId audit) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !heard.of(audit).isEmpty());
    return heard.of(audit).getFirst();
  }

  void awaitQueueEmpty() {
    await().until(() -> jdbc.sql("select count(*) from task").query(Integer.class).single() == 0);
  }

  AuditConcluded failed(TenantId tenant, @Nullable URI callback) {
    AuditRequest request =
        new AuditRequest(
            tenant,
            "sku-1",
            callback,
            "default",
            null,
            Priority.INTERACTIVE,
            TraceParent.start(random).traceId(),
            Instant.parse("2026-11-24T10:00:00Z"),
            Instant.parse("2026-11-24T10:01:00Z"));
    return AuditConcluded.failed(
        new AuditId(UUID.randomUUID()),
        request,
        new Failure(FailureCode.NOT_AN_IMAGE, "The bytes are not an image."),
        null,
        Instant.parse("2026-11-24T10:00:05Z"));
  }
}
