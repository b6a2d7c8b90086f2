package io.imageaudit.worker.audit;

import static org.awaitility.Awaitility.await;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealServers;
import io.imageaudit.worker.inference.FaultyModelServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The worker between real Kafka, real PostgreSQL and a model server on a real port; one for all
 * tests.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealServers.class)
abstract class WorkerBed {

  static final TenantId TENANT = new TenantId("acme");
  static final AtomicInteger PICTURES = new AtomicInteger();
  static final FaultyModelServer MODEL = new FaultyModelServer();

  /** Behind the check "other", for which only the policies "other" and "both" ask. */
  static final FaultyModelServer OTHER = new FaultyModelServer();

  static final Path STORE = folder();
  static final Path POLICIES = policies();

  /** Tensors of 224 x 224 that fit into the memory for them. */
  static final int TENSORS = 6;

  static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired EventPublisher publisher;
  @Autowired ConcludedEvents concluded;
  @Autowired JdbcClient jdbc;
  @Autowired KafkaTemplate<String, byte[]> kafka;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("image-audit.models.demo.endpoint", MODEL::endpoint);
    registry.add("image-audit.models.demo.call-timeout", () -> "2s");
    registry.add("image-audit.models.other.endpoint", OTHER::endpoint);
    registry.add("image-audit.models.other.call-timeout", () -> "2s");
    registry.add("image-audit.models.other.input.name", () -> "image");
    registry.add("image-audit.models.other.output.kind", () -> "sigmoid");
    registry.add("image-audit.models.other.output.tensor", () -> "scores");
    registry.add("image-audit.models.other.labels", () -> "a,b,c,d");
    registry.add("image-audit.models.other.categories.a", () -> "adult.explicit");
    registry.add("image-audit.checks.other.models", () -> "other");
    registry.add("image-audit.store.directory", STORE::toString);
    registry.add("image-audit.policy.directory", POLICIES::toString);
    registry.add("image-audit.policy.refresh", () -> "500ms");
    registry.add("image-audit.decode.tensor-memory", () -> "4MB");
    registry.add("image-audit.audit.finish-every", () -> "500ms");
    registry.add("image-audit.audit.consumers", () -> "2");
    registry.add(
        "resilience4j.circuitbreaker.configs.models.wait-duration-in-open-state", () -> "1s");
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Ears {
    @Bean
    ConcludedEvents concludedEvents(EventCodec codec) {
      return new ConcludedEvents(codec);
    }

    @Bean
    KafkaPauses kafkaPauses() {
      return new KafkaPauses();
    }
  }

  @BeforeEach
  void reset() {
    MODEL.reset();
    OTHER.reset();
  }

  final void say(AuditIngested event) {
    publisher.publish(EventTopic.INGESTED, event, TraceParent.start(new Random()));
  }

  final AuditConcluded awaitFirst(AuditIngested event) {
    await()
        .pollDelay(Duration.ZERO)
        .atMost(PATIENCE)
        .until(() -> !concluded.of(event.auditId()).isEmpty());
    return concluded.of(event.auditId()).getFirst();
  }

  static @Nullable FailureCode code(AuditConcluded said) {
    return said.error() == null ? null : said.error().code();
  }

  final JsonNode recorded(AuditIngested event) {
    return JsonMapper.shared()
        .readTree(
            jdbc.sql(
                    """
                    select concluded from audit_record where audit_id = ?
                    order by verdict_seq limit 1
                    """)
                .param(event.auditId().value())
                .query(String.class)
                .single());
  }

  final void awaitFinished(AuditIngested event) {
    await()
        .until(() ->
            jdbc.sql("select count(*) = 0 from unfinished_audit where audit_id = ?")
                .param(event.auditId().value())
                .query(Boolean.class)
                .single());
  }

  final long records(AuditIngested event) {
    return jdbc.sql("select count(*) from audit_record where audit_id = ?")
        .param(event.auditId().value())
        .query(Long.class)
        .single();
  }

  /** An image that has been stored, to be judged within this time. */
  final AuditIngested ingested(byte[] bytes, Duration left) {
    return ingested(bytes, 300, 300, left);
  }

  final AuditIngested ingested(byte[] bytes, int width, int height, Duration left) {
    ContentDigest digest = put(bytes);
    Instant now = Instant.now();
    AuditRequest request =
        new AuditRequest(
            TENANT,
            null,
            null,
            "default",
            null,
            Priority.INTERACTIVE,
            "0af7651916cd43dd8448eb211c80319c",
            now,
            now.plus(left));
    ImageFacts facts = new ImageFacts(digest, "png", width, height, bytes.length, 1, null);
    return new AuditIngested(new AuditId(UUID.randomUUID()), request, facts, now);
  }

  /** The same, by another policy. */
  static AuditIngested asking(String strategy, AuditIngested event) {
    AuditRequest asked = event.request();
    AuditRequest request =
        new AuditRequest(
            asked.tenant(),
            asked.reference(),
            asked.callback(),
            strategy,
            asked.imageRole(),
            asked.priority(),
            asked.traceId(),
            asked.submittedAt(),
            asked.deadline());
    return new AuditIngested(event.auditId(), request, event.image(), event.ingestedAt());
  }

  static ContentDigest put(byte[] bytes) {
    ContentDigest digest = ContentDigest.of(bytes);
    try {
      Files.createDirectories(file(digest).getParent());
      Files.write(file(digest), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return digest;
  }

  static Path file(ContentDigest digest) {
    return STORE
        .resolve(TENANT.value())
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  static byte[] whitePicture() {
    BufferedImage image = new BufferedImage(300, 300, BufferedImage.TYPE_INT_RGB);
    for (int at = 0; at < 300 * 300; at++) {
      image.setRGB(at % 300, at / 300, 0xffffff);
    }
    return png(image);
  }

  static byte[] picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, PICTURES.incrementAndGet()); // No two have the same bytes.
    return png(image);
  }

  static byte[] png(BufferedImage image) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("images");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path policies() {
    try {
      Path folder = Files.createTempDirectory("policies");
      String shipped = Files.readString(Path.of("../policies/default.yaml"));
      Files.writeString(folder.resolve("default.yaml"), shipped);
      Files.writeString(
          folder.resolve("other.yaml"), shipped.replace("checks: [demo]", "checks: [other]"));
      Files.writeString(
          folder.resolve("both.yaml"), shipped.replace("checks: [demo]", "checks: [demo, other]"));
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
