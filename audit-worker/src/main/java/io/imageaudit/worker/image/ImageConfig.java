package io.imageaudit.worker.image;

import java.nio.file.Path;
import org.bytedeco.opencv.global.opencv_core;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads and decodes images. */
@Configuration(proxyBeanMethods = false)
class ImageConfig {

  @Bean
  ImageBytes imageBytes(StoreSettings settings, ObjectProvider<S3Client> s3) {
    long largest = settings.maxImage().toBytes();
    return switch (settings.kind()) {
      case FILE -> new FileImageBytes(Path.of(settings.directory()), largest);
      case S3 -> new S3ImageBytes(s3.getObject(), settings.s3().bucket(), largest);
    };
  }

  @Bean
  TensorMemory tensorMemory(DecodeSettings settings) {
    DirectMemory direct = DirectMemory.ofThisProcess();
    return new TensorMemory(direct.forTensors(settings.tensorMemory().toBytes()));
  }

  @Bean
  ImageDecoder imageDecoder(DecodeSettings settings) {
    opencv_core.setNumThreads(1); // Pictures are what runs in parallel, not parts of one.
    return new OpenCvDecoder(settings);
  }
}
