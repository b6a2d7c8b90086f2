package io.imageaudit.local.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Hears {@code POST /control/restart/PART} from another terminal of the same user. */
public final class RestartDoor implements HttpHandler {

  private static final String RESTART = Control.PATH + "restart/";

  private final Stack stack;
  private final String token;

  /** Opens the door for who shows the token. */
  public RestartDoor(Stack stack, String token) {
    this.stack = stack;
    this.token = token;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!exchange.getRequestMethod().equals("POST") || !isKnown(exchange)) {
      LoopbackServer.answer(exchange, 403, "refused\n");
      return;
    }
    Optional<PartName> part =
        path.startsWith(RESTART)
            ? PartName.parse(path.substring(RESTART.length()))
            : Optional.empty();
    if (part.isEmpty()) {
      LoopbackServer.answer(exchange, 404, "no such part (expected: " + PartName.all() + ")\n");
      return;
    }
    restart(exchange, part.get());
  }

  private boolean isKnown(HttpExchange exchange) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    return shown != null
        && MessageDigest.isEqual(
            shown.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }

  private void restart(HttpExchange exchange, PartName part) throws IOException {
    try {
      long millis = stack.restart(part).toMillis();
      LoopbackServer.answer(
          exchange,
          200,
          "%s is ready again after %.1f s%n".formatted(part.text(), millis / 1000.0));
    } catch (PartFailedException e) {
      String log = String.join("\n  ", e.lastLines());
      LoopbackServer.answer(exchange, 500, e.getMessage() + "\n  " + log + "\n");
    } catch (IllegalStateException e) {
      LoopbackServer.answer(exchange, 409, e.getMessage() + "\n");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      LoopbackServer.answer(exchange, 503, "interrupted\n");
    }
  }
}
