package io.imageaudit.modelserver.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.imageaudit.modelserver.serve.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The HTTP port: reads bounded requests, hands them to their route, writes what it answers. */
public final class RestListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RestListener.class);
  private static final int BACKLOG = 512;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, RestRoute> routes;
  private final int maxBodyBytes;
  private final BooleanSupplier refusing;

  /**
   * Listens.
   *
   * @param address where
   * @param routes the protocols
   * @param maxBodyBytes largest request body
   * @param refusing whether calls are dropped without an answer, those to {@code admin} excepted
   * @throws IOException when the port is taken
   */
  public RestListener(
      InetSocketAddress address,
      Collection<? extends RestRoute> routes,
      int maxBodyBytes,
      BooleanSupplier refusing)
      throws IOException {
    this.routes = routes.stream().collect(Collectors.toMap(RestRoute::prefix, Function.identity()));
    this.maxBodyBytes = maxBodyBytes;
    this.refusing = refusing;
    this.server = HttpServer.create(address, BACKLOG);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> path = path(exchange);
      String prefix = path.isEmpty() ? "" : path.getFirst();
      if (refusing.getAsBoolean() && !prefix.equals("admin")) {
        return;
      }
      RestRoute route = routes.get(prefix);
      if (route == null) {
        write(exchange, RestAnswer.error(404, "Not Found"));
        return;
      }
      Optional<ByteBuffer> body = body(exchange);
      if (body.isEmpty()) {
        exchange.getResponseHeaders().set("Connection", "close");
        write(exchange, RestAnswer.error(413, "request body is larger than " + maxBodyBytes));
        return;
      }
      RestCall call =
          new RestCall(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body.get());
      write(exchange, answer(route, call));
    }
  }

  private RestAnswer answer(RestRoute route, RestCall call) {
    try {
      return route.answer(call);
    } catch (RefusedException e) {
      return RestAnswer.error(route.httpStatus(e.code()), e.reason());
    } catch (JacksonException e) {
      return RestAnswer.error(
          route.httpStatus(Status.Code.INVALID_ARGUMENT),
          "failed to parse the request JSON buffer: " + e.getOriginalMessage());
    } catch (RuntimeException e) {
      LOG.error("A call failed unexpectedly; answered 500", e);
      return RestAnswer.error(500, "internal error");
    }
  }

  private Optional<ByteBuffer> body(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      if (length != null && Long.parseLong(length) > maxBodyBytes) {
        return Optional.empty();
      }
      byte[] body = in.readNBytes(maxBodyBytes + 1);
      return body.length > maxBodyBytes ? Optional.empty() : Optional.of(ByteBuffer.wrap(body));
    }
  }

  private static void write(HttpExchange exchange, RestAnswer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    long size = answer.body().stream().mapToLong(ByteBuffer::remaining).sum();
    exchange.sendResponseHeaders(answer.status(), size == 0 ? -1 : size);
    if (size > 0) {
      try (OutputStream out = exchange.getResponseBody();
          WritableByteChannel channel = Channels.newChannel(out)) {
        for (ByteBuffer part : answer.body()) {
          channel.write(part.duplicate());
        }
      }
    }
  }

  private static List<String> path(HttpExchange exchange) {
    return Arrays.stream(exchange.getRequestURI().getPath().split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .toList();
  }
}
