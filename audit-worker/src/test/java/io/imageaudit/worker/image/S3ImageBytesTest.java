package io.imageaudit.worker.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import io.imageaudit.test.RealS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a server that speaks S3, over HTTP. */
class S3ImageBytesTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final String BUCKET = "images";
  private static final byte[] CONTENT = "some bytes".getBytes(UTF_8);
  private static final ContentDigest SHA256 = ContentDigest.of(CONTENT);

  @Test
  void an_image_is_read_when_it_is_what_its_address_names(@TempDir Path folder) throws IOException {
    try (RealS3 server = RealS3.start(Files.createDirectories(folder), BUCKET);
        S3Client client = S3ImageConfig.client(settings(server))) {
      ImageBytes images = new S3ImageBytes(client, BUCKET, CONTENT.length);
      assertNotRead(images);

      put(client, CONTENT);
      assertThat(images.read(ACME, SHA256)).isEqualTo(CONTENT);
      assertNotRead(new S3ImageBytes(client, BUCKET, CONTENT.length - 1));

      put(client, "sume bytes".getBytes(UTF_8));
      assertNotRead(images);
    }
  }

  @Test
  void a_store_that_is_away_does_not_say_that_the_image_is_not_there(@TempDir Path folder)
      throws IOException {
    RealS3 server = RealS3.start(Files.createDirectories(folder), BUCKET);
    try (S3Client client = S3ImageConfig.client(settings(server))) {
      server.close();

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> new S3ImageBytes(client, BUCKET, CONTENT.length).read(ACME, SHA256))
          .isNotInstanceOf(WrongBytesException.class);
    }
  }

  @Test
  void a_disk_that_is_away_does_not_say_that_the_image_is_not_there(@TempDir Path folder)
      throws IOException {
    ImageBytes images = new FileImageBytes(folder, CONTENT.length);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> images.read(ACME, SHA256))
        .isNotInstanceOf(WrongBytesException.class);

    Files.createDirectories(folder.resolve(ACME.value()));
    assertNotRead(images);
  }

  private static void assertNotRead(ImageBytes images) {
    assertThatExceptionOfType(WrongBytesException.class)
        .isThrownBy(() -> images.read(ACME, SHA256));
  }

  private static void put(S3Client client, byte[] content) {
    String key = "acme/" + SHA256.hex().substring(0, 2) + "/" + SHA256.hex();
    client.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
  }

  private static S3Settings settings(RealS3 server) {
    return new S3Settings(
        server.endpoint(),
        "us-east-1",
        BUCKET,
        RealS3.ACCESS_KEY,
        RealS3.SECRET_KEY,
        true,
        4,
        Duration.ofSeconds(10));
  }
}
