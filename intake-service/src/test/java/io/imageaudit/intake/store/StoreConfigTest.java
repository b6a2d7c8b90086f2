package io.imageaudit.intake.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.services.s3.S3Client;

class StoreConfigTest {

  @TempDir Path directory;

  @EnableConfigurationProperties(StoreSettings.class)
  private static final class Settings {}

  private ApplicationContextRunner context(String... properties) {
    return new ApplicationContextRunner()
        .withUserConfiguration(Settings.class, StoreConfig.class, S3StoreConfig.class)
        .withBean(KeptContents.class, () -> (_, _, _) -> {})
        .withBean(InstantSource.class, () -> InstantSource.fixed(Instant.EPOCH))
        .withPropertyValues("image-audit.store.directory=" + directory)
        .withPropertyValues(properties);
  }

  @Test
  void images_are_kept_in_files_unless_told_otherwise() {
    context()
        .run(context -> {
          assertThat(context).hasSingleBean(ImageStore.class).doesNotHaveBean(S3Client.class);
        });
  }

  @Test
  void images_are_kept_in_an_object_store_when_told_so() {
    context(
            "image-audit.store.kind=s3",
            "image-audit.store.s3.bucket=images",
            "image-audit.store.s3.endpoint=http://localhost:9000",
            "image-audit.store.s3.access-key=key",
            "image-audit.store.s3.secret-key=a-secret",
            "image-audit.store.s3.path-style=true")
        .run(context -> {
          assertThat(context).hasSingleBean(ImageStore.class).hasSingleBean(S3Client.class);
          assertThat(context.getBean(StoreSettings.class).toString())
              .contains("http://localhost:9000")
              .doesNotContain("a-secret");
        });
  }

  @Test
  void an_object_store_without_a_bucket_stops_the_start() {
    context("image-audit.store.kind=s3")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage("s3.bucket: (expected: a name, as kind is s3)"));
  }

  @Test
  void half_a_credential_stops_the_start() {
    context("image-audit.store.kind=s3", "image-audit.store.s3.access-key=key")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageStartingWith("s3.secret-key:"));
  }
}
