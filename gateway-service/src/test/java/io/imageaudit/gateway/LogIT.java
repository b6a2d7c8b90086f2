package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/** What log lines and meters say of audits. */
@GatewayTest
class LogIT {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final Door door;
  private final FakeIntake other;
  private final EventPublisher events;
  private final KafkaTemplate<String, byte[]> kafka;
  private final Lines lines = new Lines();

  LogIT(Door door, FakeIntake other, EventPublisher events, KafkaTemplate<String, byte[]> kafka) {
    this.door = door;
    this.other = other;
    this.events = events;
    this.kafka = kafka;
  }

  @BeforeEach
  void listen() {
    lines.start();
    root().addAppender(lines);
  }

  @AfterEach
  void stop() {
    root().detachAppender(lines);
    other.answerWith(201);
  }

  @Test
  void a_request_is_named_by_its_trace_and_tenant() {
    other.answerWith(500);
    door.send(
        door.form("/v1/audits", "image", new byte[] {1}, Map.of()).header("X-Trace-ID", TRACE));
    ILoggingEvent line = lines.about("HttpImageUploads", "trace_id", TRACE);
    assertThat(line.getMDCPropertyMap()).containsEntry("tenant", Keys.TENANT);
  }

  @Test
  void a_request_about_an_audit_is_named_by_it() {
    String audit = "01900000-0000-7000-8000-0000000000aa";
    other.script(200, "nonsense");
    door.send(door.request("/v1/audits/" + audit + "/deliveries").header("X-Trace-ID", TRACE));
    ILoggingEvent line = lines.about("InternalCalls", "audit_id", audit);
    assertThat(line.getMDCPropertyMap())
        .containsEntry("trace_id", TRACE)
        .containsEntry("tenant", Keys.TENANT);
  }

  @Test
  void sweeper_and_deadline_keeper_name_each_audit() {
    Answer mine =
        door.send(
            door.json("/v1/audits", "{\"image_url\": \"https://a.example/\", \"timeout_sec\": 4}")
                .header("X-Trace-ID", TRACE));
    for (String who : new String[] {"AnnounceQueued", "ExpireOverdue"}) {
      ILoggingEvent line = lines.about(who, "audit_id", mine.auditId());
      assertThat(line.getMDCPropertyMap())
          .containsEntry("trace_id", TRACE)
          .containsEntry("tenant", Keys.TENANT);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> door.get("/v1/audits/" + mine.auditId()).data().path("status").asString(""),
            "EXPIRED"::equals);
  }

  @Test
  void an_event_that_cannot_be_read_is_named_by_its_audit() {
    String audit = "01900000-0000-7000-8000-0000000000bb";
    kafka.send(EventTopic.CONCLUDED.name(), audit, "no\nevent".getBytes(StandardCharsets.UTF_8));
    ILoggingEvent line = lines.about("AuditProgressListener", "audit_id", audit);
    assertThat(line.getFormattedMessage()).contains("image-audit.concluded").doesNotContain("\n");
  }

  @Test
  void ends_submissions_and_refusals_are_counted_once() {
    Answer mine = door.submit("{\"image_url\": \"https://shop.example/m.jpg\"}");
    AuditSubmitted event = Topics.hear(EventTopic.SUBMITTED, mine.auditId(), 1).getFirst();
    Meters before = meters();
    door.submit("{}");
    TraceParent trace = TraceParent.start(new Random(5));
    events.publish(EventTopic.CONCLUDED, Events.concluded(event), trace);
    events.publish(EventTopic.CONCLUDED, Events.concluded(event), trace);
    door.send(door.request("/v1/audits/" + mine.auditId() + "?wait=20"));
    Answer later = door.submit("{\"image_url\": \"https://shop.example/n.jpg\"}");
    AuditSubmitted second = Topics.hear(EventTopic.SUBMITTED, later.auditId(), 1).getFirst();
    events.publish(EventTopic.CONCLUDED, Events.concluded(second), trace);
    door.send(door.request("/v1/audits/" + later.auditId() + "?wait=20"));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          Meters after = meters();
          String ended = "image_audit_concluded_total.*on_time=\"true\".*status=\"COMPLETED\".*";
          assertThat(after.sum(ended) - before.sum(ended)).isEqualTo(2);
          String refused = "image_audit_refused_total.*code=\"VALIDATION_ERROR\".*";
          assertThat(after.sum(refused) - before.sum(refused)).isEqualTo(1);
          String accepted = "image_audit_submitted_total.*outcome=\"accepted\".*";
          assertThat(after.sum(accepted) - before.sum(accepted)).isEqualTo(1);
          assertThat(after.sum("image_audit_concluded_seconds_count.*"))
              .isEqualTo(after.sum("image_audit_concluded_total.*"));
          assertThat(after.text()).contains("image_audit_concluded_seconds_bucket");
        });
  }

  private Meters meters() {
    return new Meters(door.send(door.management("/actuator/prometheus")).http().body());
  }

  /** What Prometheus would read. */
  private record Meters(String text) {

    double sum(String series) {
      Matcher lines = Pattern.compile("(?m)^" + series + " (\\S+)$").matcher(text);
      return lines.results().mapToDouble(line -> Double.parseDouble(line.group(1))).sum();
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger("io.imageaudit");
  }

  /** Keeps what is logged. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final Queue<ILoggingEvent> heard = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent line) {
      line.prepareForDeferredProcessing();
      heard.add(line);
    }

    /** Waits for a line of this class with this value. */
    ILoggingEvent about(String type, String key, String value) {
      return await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  heard.stream()
                      .filter(line -> line.getLoggerName().endsWith("." + type))
                      .filter(line -> value.equals(line.getMDCPropertyMap().get(key)))
                      .findFirst()
                      .orElse(null),
              line -> line != null);
    }
  }
}
