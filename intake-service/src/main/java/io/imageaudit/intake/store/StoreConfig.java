package io.imageaudit.intake.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** Wires the content store. */
@Configuration(proxyBeanMethods = false)
class StoreConfig {

  static final String STAGING = ".staging";

  @Bean
  Staging staging(StoreSettings settings) throws IOException {
    Path folder = settings.directory().resolve(STAGING);
    Files.createDirectories(folder);
    return new Staging(folder);
  }

  @Bean
  ImageStore imageStore(
      StoreSettings settings,
      Staging staging,
      ObjectProvider<S3Client> s3,
      KeptContents contents,
      InstantSource clock) {
    ImageStore store =
        switch (settings.kind()) {
          case FILE -> new FileSystemImageStore(settings.directory());
          case S3 -> new S3ImageStore(s3.getObject(), settings.s3(), staging);
        };
    return new RecordedImageStore(store, contents, clock);
  }
}
