package io.imageaudit.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Serves the pictures of one folder, as a merchant's image host would. */
final class PictureServer implements HttpHandler {

  static final String PATH = "/pictures/";

  private final Path folder;

  PictureServer(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring(PATH.length());
    Path file = folder.resolve(name).normalize();
    if (!folder.equals(file.getParent()) || !Files.isRegularFile(file)) {
      LoopbackServer.answer(exchange, 404, "no such picture\n");
      return;
    }
    LoopbackServer.answer(exchange, 200, Sample.mediaType(file), Files.readAllBytes(file));
  }
}
