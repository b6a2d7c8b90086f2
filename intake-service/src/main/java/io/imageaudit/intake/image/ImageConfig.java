package io.imageaudit.intake.image;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the judging of images. */
@Configuration(proxyBeanMethods = false)
class ImageConfig {

  @Bean
  JudgeImage judgeImage(
      ImageSettings settings, PixelDecoder decoder, DecoderSettings decoders, InstantSource clock) {
    DecodingQueue queue = new DecodingQueue(decoders.processes(), clock);
    return new JudgeImage(new ImageLimits(settings), decoder, queue);
  }

  @Bean
  PixelDecoder pixelDecoder(DecoderSettings settings, ImageSettings limits) {
    IsolatedPixelDecoder decoder =
        new IsolatedPixelDecoder(settings, DecoderCommand.line(settings.heapMegabytes()), limits);
    decoder.warmUp();
    return decoder;
  }
}
