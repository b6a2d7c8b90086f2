package io.imageaudit.benchmark.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Says that audits have ended, as the audit worker says it. */
final class EndedAudits implements AutoCloseable {

  /** Topic of the events. */
  static final String TOPIC = "image-audit.concluded";

  private static final String EVENT =
      """
      {"audit_id":"%s","request":{"tenant":"%s","reference":"sku-123/main","callback":"%s",\
      "strategy":"default","image_role":"main","priority":"interactive",\
      "trace_id":"0af7651916cd43dd8448eb211c80319c","submitted_at":"%s","deadline":"%s"},\
      "verdict_seq":1,"status":"COMPLETED","verdict":"BLOCK","verdict_source":"machine",\
      "findings":[{"category":"divert.qrcode","label":"qr_code","score":0.97,"action":"BLOCK",\
      "source":"image","check":"demo","box":{"x":0.1,"y":0.2,"width":0.3,"height":0.4}}],\
      "degraded":false,"missing_checks":[],"policy":{"strategy":"default","version":"3f1a"},\
      "image":{"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",\
      "format":"jpeg","width":800,"height":600,"bytes":139211,"frames":1,"phash":null},\
      "error":null,"concluded_at":"%s"}
      """;

  private final KafkaProducer<String, byte[]> producer;

  EndedAudits(String kafka) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.LINGER_MS_CONFIG,
                1,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** One audit of a tenant has ended now, and this address is to be told. */
  void end(String tenant, String callback) {
    UUID audit = UUID.randomUUID();
    Instant now = Instant.now();
    String event = EVENT.formatted(audit, tenant, callback, now, now.plusSeconds(60), now);
    ProducerRecord<String, byte[]> entry =
        new ProducerRecord<>(TOPIC, audit.toString(), event.getBytes(StandardCharsets.UTF_8));
    header(entry, "event-type", "audit-concluded");
    header(entry, "event-version", "1");
    header(entry, "traceparent", "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01");
    producer.send(entry);
  }

  private static void header(ProducerRecord<?, ?> entry, String name, String value) {
    entry.headers().add(name, value.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    producer.close();
  }
}
