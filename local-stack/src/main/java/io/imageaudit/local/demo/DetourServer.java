package io.imageaudit.local.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.util.List;

/**
 * Redirects to the samples that are addresses. Handed in directly, an address that is plainly
 * forbidden is refused at the door; behind a redirect, only who fetches it can see and refuse it.
 */
final class DetourServer implements HttpHandler {

  static final String PATH = "/detour/";

  private final List<Sample> samples;

  /** Redirects to these alone, by their position. */
  DetourServer(List<Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String position = exchange.getRequestURI().getPath().substring(PATH.length());
    for (int i = 0; i < samples.size(); i++) {
      String url = samples.get(i).url();
      if (url != null && position.equals(Integer.toString(i))) {
        exchange.getResponseHeaders().set("Location", url);
        LoopbackServer.answer(exchange, 302, "");
        return;
      }
    }
    LoopbackServer.answer(exchange, 404, "no such detour\n");
  }
}
