package io.imageaudit.intake.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
  ImageStore imageStore(StoreSettings settings, KeptContents contents, InstantSource clock) {
    return new RecordedImageStore(new FileSystemImageStore(settings.directory()), contents, clock);
  }
}
