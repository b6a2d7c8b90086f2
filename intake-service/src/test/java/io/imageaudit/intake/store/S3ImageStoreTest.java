package io.imageaudit.intake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import io.imageaudit.intake.WebServer;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import io.imageaudit.test.RealS3;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Against a server that speaks S3, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ImageStoreTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");
  private static final String BUCKET = "images";
  private static final byte[] CONTENT = "some bytes".getBytes(UTF_8);
  private static final ContentDigest SHA256 = ContentDigest.of(CONTENT);

  private Path folder;
  private RealS3 server;
  private S3Client client;
  private Staging staging;
  private ImageStore store;

  @BeforeAll
  void startServer(@TempDir Path directory) throws IOException {
    folder = directory;
    server = RealS3.start(Files.createDirectories(folder.resolve("objects")), BUCKET);
    client = S3StoreConfig.client(settings(server.endpoint(), RealS3.SECRET_KEY));
    staging = Stores.staging(folder.resolve(".staging"));
    store = new S3ImageStore(client, settings(server.endpoint(), RealS3.SECRET_KEY), staging);
  }

  @AfterAll
  void stopServer() throws IOException {
    client.close();
    server.close();
  }

  @BeforeEach
  void removeObjects() {
    for (S3Object object : objects()) {
      client.deleteObject(delete -> delete.bucket(BUCKET).key(object.key()));
    }
  }

  @Test
  void content_is_kept_under_the_same_name_as_in_files() throws IOException {
    keep(ACME, CONTENT);

    assertThat(keys()).containsExactly("acme/" + SHA256.hex().substring(0, 2) + "/" + SHA256.hex());
    assertThat(store.contains(ACME, SHA256)).isTrue();
    assertThat(read(ACME, SHA256)).isEqualTo(CONTENT);
    assertThat(staged()).isZero();
  }

  @Test
  void a_bucket_is_made_where_there_is_none() {
    S3StoreConfig.createBucket(client, "more-images");
    S3StoreConfig.createBucket(client, "more-images");

    assertThat(client.listBuckets().buckets())
        .extracting(Bucket::name)
        .contains(BUCKET, "more-images");
  }

  @Test
  void the_same_content_is_kept_once_for_each_tenant() throws IOException {
    keep(ACME, CONTENT);
    keep(ACME, CONTENT);
    assertThat(store.find(OTHER, SHA256)).isEmpty();
    assertThat(store.contains(OTHER, SHA256)).isFalse();
    keep(OTHER, CONTENT);

    assertThat(keys()).hasSize(2);
    assertThat(read(OTHER, SHA256)).isEqualTo(CONTENT);
  }

  @Test
  void large_content_goes_in_parts_and_comes_back_whole() throws IOException {
    byte[] large = new byte[(11 << 20) + 7];
    new Random(3).nextBytes(large);
    keep(ACME, large);

    assertThat(read(ACME, ContentDigest.of(large))).isEqualTo(large);
    assertThat(objects()).singleElement().extracting(S3Object::eTag).asString().contains("-3");
    assertThat(uploads()).isZero();
  }

  @Test
  void whoever_keeps_the_same_content_at_the_same_time_succeeds_too() throws Exception {
    byte[] large = new byte[6 << 20];
    Callable<Void> keeping =
        () -> {
          keep(ACME, large);
          return null;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var kept : threads.invokeAll(List.of(keeping, keeping, keeping, keeping))) {
        assertThat(kept.get()).isNull();
      }
    }

    assertThat(keys()).hasSize(1);
    assertThat(uploads()).isZero();
    assertThat(read(ACME, ContentDigest.of(large))).isEqualTo(large);
  }

  @Test
  void bytes_that_are_not_those_of_the_digest_are_refused_by_the_server() throws IOException {
    try (StagedContent content = staging.receive(new ByteArrayInputStream(CONTENT), 100)) {
      ContentDigest wrong = ContentDigest.of(new byte[] {1});
      StagedContent lying = new StagedContent(content.file(), wrong, content.bytes());

      assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.keep(ACME, lying));
    }
    assertThat(keys()).isEmpty();
  }

  @Test
  void content_that_changed_in_the_store_is_not_handed_out_and_is_replaced_when_it_comes_again()
      throws IOException {
    String key = "acme/" + SHA256.hex().substring(0, 2) + "/" + SHA256.hex();
    for (String damage : List.of("other bytes", "same bytes")) {
      client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(damage));
      assertThatExceptionOfType(DamagedContentException.class)
          .isThrownBy(() -> store.find(ACME, SHA256));
      assertThat(staged()).isZero();

      keep(ACME, CONTENT);
      assertThat(read(ACME, SHA256)).isEqualTo(CONTENT);
    }
  }

  @Test
  void an_object_that_is_not_there_is_none_whatever_the_server_calls_it() throws IOException {
    try (WebServer other = new WebServer();
        S3Client asking = S3StoreConfig.client(settings(other.address("/"), "secret"))) {
      other.on("/", exchange -> answer(exchange, 404, "ResourceNotFound"));
      ImageStore empty = new S3ImageStore(asking, settings(other.address("/"), "secret"), staging);

      assertThat(empty.find(ACME, SHA256)).isEmpty();
      assertThat(empty.findPreview(ACME, SHA256)).isEmpty();
      assertThat(empty.contains(ACME, SHA256)).isFalse();
    }
  }

  @Test
  void content_is_erased_also_where_uploads_in_parts_cannot_be_listed() throws IOException {
    List<String> deleted = new CopyOnWriteArrayList<>();
    try (WebServer other = new WebServer();
        S3Client asking = S3StoreConfig.client(settings(other.address("/"), "secret"))) {
      other.on(
          "/",
          exchange -> {
            if (exchange.getRequestMethod().equals("DELETE")) {
              deleted.add(exchange.getRequestURI().getPath());
              exchange.sendResponseHeaders(204, -1);
            } else {
              answer(exchange, 403, "AccessDenied");
            }
          });
      new S3ImageStore(asking, settings(other.address("/"), "secret"), staging).erase(ACME, SHA256);
    }
    assertThat(deleted).hasSize(2);
  }

  @Test
  void a_bucket_that_somebody_makes_at_the_same_time_is_used() throws IOException {
    AtomicInteger made = new AtomicInteger();
    try (WebServer other = new WebServer();
        S3Client asking = S3StoreConfig.client(settings(other.address("/"), "secret"))) {
      other.on(
          "/",
          exchange -> {
            if (exchange.getRequestMethod().equals("PUT")) {
              made.incrementAndGet();
              answer(exchange, 409, "BucketAlreadyExists");
            } else {
              exchange.sendResponseHeaders(made.get() == 0 ? 404 : 200, -1);
            }
          });
      S3StoreConfig.createBucket(asking, BUCKET);
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void erasing_removes_content_preview_and_parts_of_a_broken_upload() throws IOException {
    keep(ACME, CONTENT);
    store.keepPreview(ACME, SHA256, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(store.findPreview(ACME, SHA256)).hasValue(new byte[] {1, 2, 3});
    client.createMultipartUpload(create -> create.bucket(BUCKET).key(keys().getFirst()));
    assertThat(uploads()).isOne();

    store.erase(ACME, SHA256);
    store.erase(ACME, SHA256);

    assertThat(keys()).isEmpty();
    assertThat(uploads()).isZero();
    assertThat(store.find(ACME, SHA256)).isEmpty();
    assertThat(store.findPreview(ACME, SHA256)).isEmpty();
  }

  @Test
  void a_server_that_refuses_or_is_not_there_is_a_fault_that_may_pass() throws IOException {
    assertUnusable(settings(server.endpoint(), "another secret"));
    assertUnusable(settings(URI.create("http://127.0.0.1:1"), RealS3.SECRET_KEY));
  }

  private void assertUnusable(S3Settings settings) throws IOException {
    try (S3Client other = S3StoreConfig.client(settings);
        StagedContent content = staging.receive(new ByteArrayInputStream(CONTENT), 100)) {
      ImageStore unusable = new S3ImageStore(other, settings, staging);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> unusable.keep(ACME, content));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> unusable.find(ACME, SHA256));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> unusable.erase(ACME, SHA256));
    }
  }

  private static void answer(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body = ("<Error><Code>" + code + "</Code><Message>no</Message></Error>").getBytes(UTF_8);
    boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(body);
    }
  }

  private void keep(TenantId tenant, byte[] content) throws IOException {
    try (StagedContent staged =
        staging.receive(new ByteArrayInputStream(content), Integer.MAX_VALUE)) {
      store.keep(tenant, staged);
    }
  }

  private byte[] read(TenantId tenant, ContentDigest sha256) throws IOException {
    try (HeldFile held = store.find(tenant, sha256).orElseThrow()) {
      return Files.readAllBytes(held.file());
    }
  }

  private List<String> keys() {
    return objects().stream().map(S3Object::key).toList();
  }

  private List<S3Object> objects() {
    return client.listObjectsV2(list -> list.bucket(BUCKET)).contents();
  }

  private int uploads() {
    return client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads().size();
  }

  private long staged() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(".staging"))) {
      return files.count();
    }
  }

  private static S3Settings settings(URI endpoint, String secret) {
    DataSize part = DataSize.ofMegabytes(5);
    return new S3Settings(
        endpoint,
        "us-east-1",
        BUCKET,
        false,
        RealS3.ACCESS_KEY,
        secret,
        true,
        true,
        part,
        part,
        8,
        Duration.ofSeconds(10));
  }
}
