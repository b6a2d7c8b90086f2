package io.imageaudit.intake.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.intake.Pictures;
import io.imageaudit.intake.WebServer;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.ImageSource;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditSubmitted;
import io.imageaudit.model.kafka.EventPublisher;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealServers;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "image-audit.internal.token=" + IngestionIT.TOKEN,
      "image-audit.outbound.allow-loopback=true",
      "image-audit.outbound.denied-ports=",
      "image-audit.fetch.deadline=2s",
      "image-audit.fetch.max-bytes=1MB",
      "image-audit.upload.max-bytes=1MB",
      "image-audit.decoder.processes=1",
      "image-audit.ingest.patience=300ms",
      "image-audit.ingest.take-over-every=500ms",
      "image-audit.ingest.lease=2s",
      "image-audit.retention.sweep-every=1s",
      "image-audit.retention.age=10d",
      "image-audit.retention.tenants.brief=2d",
    })
@ContextConfiguration(initializers = RealServers.class)
@Import(HeardEvents.class)
class IngestionIT {

  static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId BRIEF = new TenantId("brief");
  private static final byte[] PICTURE = Pictures.jpeg(320, 200);

  @TempDir static Path directory;

  private static @Nullable WebServer server;

  @Autowired EventPublisher publisher;
  @Autowired HeardEvents heard;
  @Autowired SlowSubmissions slow;
  @Autowired JdbcClient jdbc;
  @Autowired MeterRegistry meters;
  @Autowired KafkaTemplate<String, byte[]> kafka;
  @LocalServerPort int port;

  @DynamicPropertySource
  static void store(DynamicPropertyRegistry registry) {
    registry.add("image-audit.store.directory", directory::toString);
  }

  @BeforeAll
  static void startServer() throws IOException {
    server = new WebServer();
    server.serve("/picture.jpg", PICTURE);
    server.serve("/text.jpg", "no picture".getBytes(UTF_8));
    server.serve("/cut.jpg", Pictures.start(PICTURE, 0.6));
    server.serve("/tiny.png", Pictures.png(20, 20));
    server.serve("/long.png", Pictures.png(16_400, 200));
    server.serve("/drawing.svg", "<svg/>".getBytes(UTF_8));
    server.serve("/large.bin", new byte[(1 << 20) + 1]);
    server.on(
        "/odd.jpg",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "image/\0jpeg");
          exchange.sendResponseHeaders(200, PICTURE.length);
          exchange.getResponseBody().write(PICTURE);
        });
    server.status("/missing.jpg", 404);
    server.on(
        "/slow.jpg",
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
        });
  }

  @AfterAll
  static void stopServer() {
    server().close();
  }

  @Test
  void an_image_at_an_address_is_fetched_judged_kept_and_announced() {
    AuditSubmitted submitted = submit(remote("/picture.jpg"));

    AuditEvent event = heard.await(submitted.auditId());
    assertThat(event).isInstanceOf(AuditIngested.class);
    ContentDigest sha256 = ContentDigest.of(PICTURE);
    ImageFacts facts = ((AuditIngested) event).image();
    assertThat(facts)
        .isEqualTo(new ImageFacts(sha256, "jpeg", 320, 200, PICTURE.length, 1, facts.phash()));
    assertThat(facts.phash()).hasSize(64);
    assertThat(event.request()).isEqualTo(submitted.request());
    assertThat(file(sha256)).hasBinaryContent(PICTURE);
  }

  @Test
  void an_uploaded_image_is_judged_and_announced() throws Exception {
    byte[] content = Pictures.webp(300, 200);
    HttpResponse<String> answer = upload("acme", TOKEN, content);
    ContentDigest sha256 = ContentDigest.of(content);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .contains("\"success\":true")
        .contains("\"sha256\":\"" + sha256 + "\",\"bytes\":" + content.length);
    assertThat(file(sha256)).hasBinaryContent(content);

    AuditSubmitted submitted = submit(new ImageSource.Stored(sha256, content.length));
    ImageFacts facts = ((AuditIngested) heard.await(submitted.auditId())).image();
    assertThat(facts)
        .isEqualTo(new ImageFacts(sha256, "webp", 300, 200, content.length, 1, facts.phash()));
  }

  @Test
  void every_fault_of_an_image_ends_its_audit_with_its_code() {
    Map<ImageSource, FailureCode> faults =
        Map.ofEntries(
            Map.entry(remote("/text.jpg"), FailureCode.NOT_AN_IMAGE),
            Map.entry(remote("/cut.jpg"), FailureCode.CORRUPT_IMAGE),
            Map.entry(remote("/tiny.png"), FailureCode.IMAGE_TOO_SMALL),
            Map.entry(remote("/long.png"), FailureCode.TOO_MANY_PIXELS),
            Map.entry(remote("/drawing.svg"), FailureCode.SVG_NOT_ALLOWED),
            Map.entry(remote("/large.bin"), FailureCode.FETCH_TOO_LARGE),
            Map.entry(remote("/missing.jpg"), FailureCode.FETCH_HTTP_STATUS),
            Map.entry(remote("/slow.jpg"), FailureCode.FETCH_TIMEOUT),
            Map.entry(
                new ImageSource.Remote(URI.create("http://localhost:1025/")),
                FailureCode.FETCH_UNREACHABLE),
            Map.entry(
                new ImageSource.Remote(URI.create("http://169.254.169.254/latest")),
                FailureCode.FETCH_FORBIDDEN_ADDRESS),
            Map.entry(
                new ImageSource.Stored(ContentDigest.of(new byte[] {7}), 1),
                FailureCode.INTERNAL_ERROR));
    faults.forEach((source, code) -> {
      AuditSubmitted submitted = submit(source);
      AuditConcluded concluded = (AuditConcluded) heard.await(submitted.auditId());
      assertThat(concluded.status()).isEqualTo(AuditStatus.FAILED);
      assertThat(concluded.error()).as("%s", source).extracting(Failure::code).isEqualTo(code);
    });
  }

  @Test
  void a_submission_that_is_read_twice_is_announced_twice_with_the_same_event() {
    int before = server().requests();
    AuditSubmitted submitted = submit(remote("/picture.jpg"));
    AuditEvent first = heard.await(submitted.auditId());
    publish(submitted);
    AuditSubmitted failing = submit(remote("/missing.jpg"));
    AuditEvent failed = heard.await(failing.auditId());
    publish(failing);

    assertThat(heard.await(submitted.auditId(), 2)).containsExactly(first, first);
    assertThat(heard.await(failing.auditId(), 2)).containsExactly(failed, failed);
    assertThat(server().requests() - before).isEqualTo(2);
  }

  @Test
  void a_submission_past_its_deadline_expires_unfetched() {
    AuditSubmitted late =
        submitted(remote("/picture.jpg"), Instant.now().minus(Duration.ofSeconds(1)));
    publish(late);

    AuditConcluded concluded = (AuditConcluded) heard.await(late.auditId());
    assertThat(concluded.status()).isEqualTo(AuditStatus.EXPIRED);
    assertThat(concluded.error())
        .extracting(Failure::code)
        .isEqualTo(FailureCode.DEADLINE_EXCEEDED);
  }

  @Test
  void uploads_are_refused_without_credential_or_too_large_or_malformed() throws Exception {
    assertThat(upload("acme", "another-token-another-token-another", PICTURE))
        .satisfies(answer -> {
          assertThat(answer.statusCode()).isEqualTo(401);
          assertThat(answer.body()).contains("UNAUTHENTICATED");
        });
    assertThat(upload("acme", TOKEN, new byte[(1 << 20) + 1]))
        .satisfies(answer -> {
          assertThat(answer.statusCode()).isEqualTo(413);
          assertThat(answer.body()).contains("PAYLOAD_TOO_LARGE");
        });
    assertThat(uploadInChunks(new byte[(1 << 20) + 1]).statusCode()).isEqualTo(413);
    assertThat(uploadInChunks(new byte[1 << 20]).statusCode()).isEqualTo(201);
    assertThat(upload("acme", TOKEN, new byte[0]).statusCode()).isEqualTo(400);
    assertThat(upload("No_Tenant", TOKEN, PICTURE).statusCode()).isEqualTo(400);
  }

  @Test
  void a_slow_server_delays_only_its_own_images() {
    AuditSubmitted slow = submit(remote("/slow.jpg"));
    List<AuditSubmitted> others =
        Stream.generate(() -> submit(remote("/picture.jpg"))).limit(20).toList();

    others.forEach(
        other -> assertThat(heard.await(other.auditId())).isInstanceOf(AuditIngested.class));
    assertThat(heard.await(slow.auditId())).isInstanceOf(AuditConcluded.class);
    Awaitility.await()
        .untilAsserted(() -> assertThat(count("slow_submission", slow.auditId())).isZero());
  }

  @Test
  void a_submission_left_by_a_process_that_died_is_taken_over() {
    AuditSubmitted left =
        submitted(remote("/picture.jpg"), Instant.now().plus(Duration.ofMinutes(1)));
    slow.add(left, Instant.now().minus(Duration.ofSeconds(1)));

    assertThat(heard.await(left.auditId())).isInstanceOf(AuditIngested.class);
    Awaitility.await()
        .untilAsserted(() -> assertThat(count("slow_submission", left.auditId())).isZero());
  }

  @Test
  void a_submission_that_fails_again_and_again_is_put_aside_and_its_audit_fails() {
    AuditSubmitted poison =
        submitted(remote("/picture.jpg"), Instant.now().plus(Duration.ofMinutes(1)));
    slow.add(poison, Instant.now().plus(Duration.ofMinutes(1)));
    jdbc.sql(
            "update slow_submission set attempts = 4, lease_end = now() - interval '1 s' where"
                + " audit_id = ?")
        .param(poison.auditId().value())
        .update();

    AuditConcluded concluded = (AuditConcluded) heard.await(poison.auditId());
    assertThat(concluded.status()).isEqualTo(AuditStatus.FAILED);
    assertThat(concluded.error()).extracting(Failure::code).isEqualTo(FailureCode.INTERNAL_ERROR);
    heard.awaitDeadLetter(poison.auditId());
    Awaitility.await()
        .untilAsserted(() -> assertThat(count("slow_submission", poison.auditId())).isZero());
  }

  @Test
  void a_submission_of_a_process_that_stops_is_taken_over_at_once_and_its_try_does_not_count() {
    AuditSubmitted left =
        submitted(remote("/picture.jpg"), Instant.now().plus(Duration.ofMinutes(1)));
    Set<AuditId> leaving = Set.of(left.auditId());
    Instant later = Instant.now().plus(Duration.ofHours(1));
    slow.add(left, later);
    slow.postpone(left.auditId(), later, true);
    assertThat(attempts(left.auditId())).isEqualTo(1);
    slow.postpone(left.auditId(), later, false);
    assertThat(attempts(left.auditId())).isZero();
    slow.renew(leaving, later);
    assertThat(slow.takeOver(Instant.now(), later, 16, leaving)).isEmpty();
    assertThat(heard.hasHeard(left.auditId())).isFalse();

    slow.release(leaving, Instant.now());
    assertThat(heard.await(left.auditId())).isInstanceOf(AuditIngested.class);
  }

  @Test
  void stored_bytes_that_are_damaged_fail_their_audit_and_are_replaced_when_they_come_again()
      throws Exception {
    byte[] content = Pictures.png(180, 130);
    ContentDigest sha256 = ContentDigest.of(content);
    upload("acme", TOKEN, content);
    Files.write(file(sha256), new byte[content.length]);

    AuditSubmitted damaged = submit(new ImageSource.Stored(sha256, content.length));
    assertThat(((AuditConcluded) heard.await(damaged.auditId())).error())
        .extracting(Failure::code)
        .isEqualTo(FailureCode.INTERNAL_ERROR);

    ingest(ACME, content);
    assertThat(file(sha256)).hasBinaryContent(content);
  }

  @Test
  void an_upload_while_the_database_is_away_may_be_sent_again() throws Exception {
    byte[] content = Pictures.png(190, 130);
    jdbc.sql("alter table content rename to content_away").update();
    try {
      HttpResponse<String> answer = upload("acme", TOKEN, content);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    } finally {
      jdbc.sql("alter table content_away rename to content").update();
    }
    assertThat(upload("acme", TOKEN, content).statusCode()).isEqualTo(201);
  }

  @Test
  void a_receipt_is_kept_whatever_the_server_said_of_the_bytes() {
    AuditSubmitted submitted = submit(remote("/odd.jpg"));

    assertThat(heard.await(submitted.auditId())).isInstanceOf(AuditIngested.class);
    assertThat(
            jdbc.sql("select receipt ->> 'content_type' from ingestion where audit_id = ?")
                .param(submitted.auditId().value())
                .query(String.class)
                .single())
        .isEqualTo("image/jpeg");
  }

  @Test
  void how_long_ingestion_took_is_measured_by_outcome() {
    heard.await(submit(remote("/picture.jpg")).auditId());
    heard.await(submit(remote("/tiny.png")).auditId());

    Awaitility.await()
        .untilAsserted(() -> {
          assertThat(meters.get("image.audit.ingest").tag("outcome", "ingested").timer().count())
              .isPositive();
          assertThat(meters.get("image.audit.ingest").tag("outcome", "failed").timer().count())
              .isPositive();
        });
  }

  @Test
  void where_fetched_bytes_came_from_is_kept_as_evidence() {
    AuditSubmitted submitted = submit(remote("/picture.jpg"));
    heard.await(submitted.auditId());

    assertThat(
            jdbc.sql("select receipt ->> 'connected_to' from ingestion where audit_id = ?")
                .param(submitted.auditId().value())
                .query(String.class)
                .single())
        .contains("127.0.0.1:");
  }

  @Test
  void a_record_that_is_no_event_holds_nothing_up() {
    kafka.send(EventTopic.SUBMITTED_NAME, UUID.randomUUID().toString(), new byte[] {1}).join();
    AuditSubmitted next = submit(remote("/picture.jpg"));

    assertThat(heard.await(next.auditId())).isInstanceOf(AuditIngested.class);
  }

  @Test
  void an_image_can_be_looked_up_shown_and_erased_and_submitted_again() throws Exception {
    byte[] content = Pictures.png(140, 90);
    ContentDigest sha256 = ContentDigest.of(content);
    upload("acme", TOKEN, content);
    heard.await(submit(new ImageSource.Stored(sha256, content.length)).auditId());

    assertThat(call("GET", "acme", sha256.hex(), "").body())
        .contains("\"width\":140")
        .contains("\"erased_at\":null");
    assertThat(call("GET", "acme", sha256.hex(), "/preview").headers().firstValue("Content-Type"))
        .hasValue("image/jpeg");
    assertThat(call("DELETE", "other", sha256.hex(), "").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "acme", sha256.hex(), "").statusCode()).isEqualTo(200);
    assertThat(file(sha256)).doesNotExist();
    assertThat(call("GET", "acme", sha256.hex(), "/preview").statusCode()).isEqualTo(404);
    assertThat(call("GET", "acme", sha256.hex(), "").body()).doesNotContain("\"erased_at\":null");
    assertThat(call("GET", "acme", "abc", "").statusCode()).isEqualTo(400);

    upload("acme", TOKEN, content);
    heard.await(submit(new ImageSource.Stored(sha256, content.length)).auditId());
    assertThat(call("GET", "acme", sha256.hex(), "").body()).contains("\"erased_at\":null");
  }

  @Test
  void images_are_erased_when_their_tenants_age_has_come_and_no_sooner() throws Exception {
    byte[] content = Pictures.png(150, 130);
    byte[] older = Pictures.png(160, 130);
    ContentDigest sha256 = ContentDigest.of(content);
    ingest(ACME, content);
    ingest(BRIEF, content);
    ingest(ACME, older);
    age(ACME, sha256, "3 d");
    age(BRIEF, sha256, "3 d");
    age(ACME, ContentDigest.of(older), "11 d");

    Awaitility.await()
        .untilAsserted(() -> {
          assertThat(file(BRIEF, sha256)).doesNotExist();
          assertThat(file(ContentDigest.of(older))).doesNotExist();
        });
    assertThat(call("GET", "brief", sha256.hex(), "").body()).doesNotContain("\"erased_at\":null");
    assertThat(call("GET", "brief", sha256.hex(), "/preview").statusCode()).isEqualTo(404);
    assertThat(file(sha256)).hasBinaryContent(content);
    assertThat(rowsWithoutBytes()).isEmpty();
  }

  @Test
  void one_content_that_cannot_be_erased_keeps_no_other_from_being_erased() throws Exception {
    byte[] stuck = Pictures.png(200, 130);
    byte[] other = Pictures.png(210, 130);
    ingest(ACME, stuck);
    ingest(ACME, other);
    Path file = file(ContentDigest.of(stuck));
    Files.delete(file);
    Files.createFile(Files.createDirectory(file).resolve("in-the-way"));
    age(ACME, ContentDigest.of(stuck), "12 d");
    age(ACME, ContentDigest.of(other), "11 d");

    Awaitility.await()
        .untilAsserted(() -> assertThat(file(ContentDigest.of(other))).doesNotExist());
    assertThat(file).isDirectory();
    Files.delete(file.resolve("in-the-way"));
    Awaitility.await().untilAsserted(() -> assertThat(file).doesNotExist());
  }

  @Test
  void bytes_that_come_again_after_they_were_erased_are_swept_away_too() throws Exception {
    byte[] content = Pictures.png(220, 130);
    ContentDigest sha256 = ContentDigest.of(content);
    ingest(ACME, content);
    assertThat(call("DELETE", "acme", sha256.hex(), "").statusCode()).isEqualTo(200);
    upload("acme", TOKEN, content);
    assertThat(file(sha256)).exists();
    jdbc.sql("update content set kept_at = now() - interval '2 d' where sha256 = ?")
        .param(sha256.hex())
        .update();

    Awaitility.await().untilAsserted(() -> assertThat(file(sha256)).doesNotExist());
  }

  @Test
  void what_a_crash_or_a_gateway_that_never_submitted_left_behind_is_swept_away() throws Exception {
    byte[] content = Pictures.png(170, 130);
    ContentDigest orphan = ContentDigest.of(content);
    upload("acme", TOKEN, content);
    Path part = Files.createFile(directory.resolve(".staging").resolve("in-left.part"));
    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    assertThat(file(orphan)).exists();
    jdbc.sql("update content set kept_at = now() - interval '2 d' where sha256 = ?")
        .param(orphan.hex())
        .update();

    Awaitility.await()
        .untilAsserted(() -> {
          assertThat(file(orphan)).doesNotExist();
          assertThat(part).doesNotExist();
        });
    assertThat(
            jdbc.sql("select count(*) from content where sha256 = ?")
                .param(orphan.hex())
                .query(Long.class)
                .single())
        .isZero();
    assertThat(rowsWithoutBytes()).isEmpty();
  }

  private void ingest(TenantId tenant, byte[] content) throws Exception {
    assertThat(upload(tenant.value(), TOKEN, content).statusCode()).isEqualTo(201);
    AuditSubmitted submitted =
        submitted(
            tenant,
            new ImageSource.Stored(ContentDigest.of(content), content.length),
            Instant.now().plus(Duration.ofMinutes(1)));
    publish(submitted);
    assertThat(heard.await(submitted.auditId())).isInstanceOf(AuditIngested.class);
  }

  private void age(TenantId tenant, ContentDigest sha256, String age) {
    jdbc.sql("update image set used_at = now() - ?::interval where tenant = ? and sha256 = ?")
        .params(age, tenant.value(), sha256.hex())
        .update();
  }

  private List<@Nullable String> rowsWithoutBytes() {
    return jdbc
        .sql(
            """
            select tenant || '/' || left(sha256, 2) || '/' || sha256
            from image where erased_at is null
            """)
        .query(String.class)
        .list()
        .stream()
        .filter(name -> Files.notExists(directory.resolve(String.valueOf(name))))
        .toList();
  }

  private int attempts(AuditId auditId) {
    return jdbc.sql("select attempts from slow_submission where audit_id = ?")
        .param(auditId.value())
        .query(Integer.class)
        .single();
  }

  private long count(String table, AuditId auditId) {
    return jdbc.sql("select count(*) from " + table + " where audit_id = ?")
        .param(auditId.value())
        .query(Long.class)
        .single();
  }

  private HttpResponse<String> call(String method, String tenant, String sha256, String rest)
      throws IOException, InterruptedException {
    String path = "/internal/v1/tenants/" + tenant + "/images/" + sha256 + rest;
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
              .header("Authorization", "Bearer " + TOKEN)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> uploadInChunks(byte[] content)
      throws IOException, InterruptedException {
    return upload(
        "acme",
        TOKEN,
        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)));
  }

  private HttpResponse<String> upload(String tenant, String token, byte[] content)
      throws IOException, InterruptedException {
    return upload(tenant, token, HttpRequest.BodyPublishers.ofByteArray(content));
  }

  private HttpResponse<String> upload(
      String tenant, String token, HttpRequest.BodyPublisher content)
      throws IOException, InterruptedException {
    URI address =
        URI.create("http://localhost:" + port + "/internal/v1/tenants/" + tenant + "/images");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/octet-stream")
              .POST(content)
              .build(),
          BodyHandlers.ofString());
    }
  }

  private AuditSubmitted submit(ImageSource source) {
    AuditSubmitted submitted = submitted(source, Instant.now().plus(Duration.ofMinutes(1)));
    publish(submitted);
    return submitted;
  }

  private void publish(AuditSubmitted submitted) {
    publisher.publish(EventTopic.SUBMITTED, submitted, TraceParent.start(new Random(7)));
  }

  private static AuditSubmitted submitted(ImageSource source, Instant deadline) {
    return submitted(ACME, source, deadline);
  }

  private static AuditSubmitted submitted(TenantId tenant, ImageSource source, Instant deadline) {
    return new AuditSubmitted(
        new AuditId(UUID.randomUUID()),
        new AuditRequest(
            tenant,
            "sku-1",
            null,
            "default",
            null,
            Priority.INTERACTIVE,
            "0af7651916cd43dd8448eb211c80319c",
            deadline.minus(Duration.ofMinutes(1)),
            deadline),
        source);
  }

  private static ImageSource remote(String path) {
    return new ImageSource.Remote(server().address(path));
  }

  private static Path file(ContentDigest sha256) {
    return file(ACME, sha256);
  }

  private static Path file(TenantId tenant, ContentDigest sha256) {
    return directory
        .resolve(tenant.value())
        .resolve(sha256.hex().substring(0, 2))
        .resolve(sha256.hex());
  }

  private static WebServer server() {
    return java.util.Objects.requireNonNull(server);
  }
}
