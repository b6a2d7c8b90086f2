package io.imageaudit.intake.image;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the judging of images. */
@Configuration(proxyBeanMethods = false)
class ImageConfig {

  @Bean
  JudgeImage judgeImage(ImageSettings settings) {
    return new JudgeImage(new ImageLimits(settings), new OpenCvPixelDecoder());
  }
}
