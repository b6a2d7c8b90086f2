package io.imageaudit.benchmark.worker.plain;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A plain listener: ImageIO, one call per image, one row per image. */
@SpringBootApplication
public class PlainWorker {

  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication.run(PlainWorker.class, arguments);
  }
}
