package io.imageaudit.worker.image;

import java.nio.file.Path;
import org.bytedeco.opencv.global.opencv_core;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads and decodes images. */
@Configuration(proxyBeanMethods = false)
class ImageConfig {

  @Bean
  ImageBytes imageBytes(StoreSettings settings) {
    return new FileImageBytes(Path.of(settings.directory()), settings.maxImage().toBytes());
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
