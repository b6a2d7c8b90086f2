package io.imageaudit.local.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.imageaudit.local.demo.Measurement;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run's pictures, each another file, the same one whenever it is asked for. Every other one is to
 * be blocked, so that a verdict that was made up would be seen.
 */
final class Pictures implements HttpHandler {

  static final String PATH = "/pictures/";

  private static final Path SAMPLES = Path.of("../samples");

  private final String run;
  private final byte[] clean;
  private final byte[] violating;

  Pictures(String run) throws IOException {
    this.run = run;
    this.clean = Files.readAllBytes(SAMPLES.resolve("clean-mug-02.jpg"));
    this.violating = Files.readAllBytes(SAMPLES.resolve("lamp-qr-code-18-grayscale.jpg"));
  }

  byte[] of(int number) {
    return Measurement.commented(number % 2 == 0 ? clean : violating, run + "/" + number);
  }

  /** What the model server's demonstration model thinks of it. */
  static String verdict(int number) {
    return number % 2 == 0 ? "PASS" : "BLOCK";
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int number = Integer.parseInt(path.substring(PATH.length()));
    LoopbackServer.answer(exchange, 200, "image/jpeg", of(number));
  }
}
