package io.imageaudit.intake.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemImageStoreTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final TenantId OTHER = new TenantId("other");
  private static final byte[] CONTENT = "some bytes".getBytes(UTF_8);
  private static final ContentDigest SHA256 = ContentDigest.of(CONTENT);

  @TempDir Path directory;

  private Staging staging = new Staging(Path.of("."));
  private ImageStore store = new FileSystemImageStore(Path.of("."));

  @BeforeEach
  void open() throws IOException {
    staging = Stores.staging(directory.resolve(".staging"));
    store = new FileSystemImageStore(directory);
  }

  @Test
  void content_is_kept_under_its_digest_in_the_tenants_folder() throws IOException {
    keep(ACME);

    Path expected = directory.resolve("acme/" + SHA256.hex().substring(0, 2) + "/" + SHA256.hex());
    assertThat(store.find(ACME, SHA256)).hasValue(new HeldFile(expected, false));
    assertThat(expected).hasBinaryContent(CONTENT);
    assertThat(staged()).isZero();
  }

  @Test
  void the_same_content_is_kept_once_for_each_tenant() throws IOException {
    keep(ACME);
    keep(ACME);
    assertThat(store.find(OTHER, SHA256)).isEmpty();
    keep(OTHER);

    assertThat(store.find(OTHER, SHA256)).isPresent();
    assertThat(staged()).isZero();
  }

  @Test
  void content_that_changed_on_the_disk_is_not_handed_out_and_is_replaced_when_it_comes_again()
      throws IOException {
    for (byte[] damage : List.of(new byte[] {1}, "same bytes".getBytes(UTF_8))) {
      keep(ACME);
      Path file = store.find(ACME, SHA256).orElseThrow().file();
      Files.write(file, damage);
      assertThatExceptionOfType(DamagedContentException.class)
          .isThrownBy(() -> store.find(ACME, SHA256));

      keep(ACME);
      assertThat(file).hasBinaryContent(CONTENT);
      assertThat(staged()).isZero();
    }
  }

  @Test
  void too_much_content_leaves_nothing_behind() throws IOException {
    assertThatExceptionOfType(ContentTooLargeException.class)
        .isThrownBy(() -> staging.receive(new ByteArrayInputStream(CONTENT), CONTENT.length - 1L));
    assertThat(staged()).isZero();
  }

  @Test
  void content_whose_sender_fails_leaves_nothing_behind() throws IOException {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }
        };

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> staging.receive(failing, 100));
    assertThat(staged()).isZero();
  }

  @Test
  void a_sweep_removes_what_a_crash_left_behind_and_nothing_in_use() throws IOException {
    Instant start = Instant.parse("2026-11-01T00:00:00Z");
    StagedContent old = staging.receive(new ByteArrayInputStream(CONTENT), 100);
    StagedContent recent = staging.receive(new ByteArrayInputStream(CONTENT), 100);
    Files.setLastModifiedTime(old.file(), FileTime.from(start));

    assertThat(staging.sweep(start.plusSeconds(1))).isOne();
    assertThat(old.file()).doesNotExist();
    assertThat(recent.file()).exists();
  }

  private void keep(TenantId tenant) throws IOException {
    try (StagedContent content = staging.receive(new ByteArrayInputStream(CONTENT), 100)) {
      store.keep(tenant, content);
    }
  }

  private long staged() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(".staging"))) {
      return files.count();
    }
  }
}
