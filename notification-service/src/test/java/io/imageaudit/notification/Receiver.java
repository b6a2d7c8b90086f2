package io.imageaudit.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A receiver of callbacks on this machine, that remembers what it was sent. */
public final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * What came.
   *
   * @param path and query
   * @param headers of the request
   * @param body of the request
   */
  public record Request(String path, HttpHeaders headers, byte[] body) {

    /** A header that must be there. */
    public String header(String name) {
      return headers.firstValue(name).orElseThrow();
    }
  }

  /**
   * What is answered.
   *
   * @param status HTTP status
   * @param headers of the answer
   * @param body of the answer
   */
  public record Answer(int status, Map<String, String> headers, byte[] body) {

    /** An answer without a body. */
    public Answer(int status, Map<String, String> headers) {
      this(status, headers, new byte[0]);
    }

    /** An answer that repeats what came. */
    public static Answer repeating(Request request) {
      return new Answer(200, Map.of(), request.body());
    }

    /** An answer without headers. */
    public static Answer of(int status) {
      return new Answer(status, Map.of());
    }
  }

  /** Starts one that answers as told. */
  public Receiver(Function<Request, Answer> answers) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> handle(exchange, answers));
    server.start();
  }

  private void handle(HttpExchange exchange, Function<Request, Answer> answers) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestURI().toString(),
              HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true),
              exchange.getRequestBody().readAllBytes());
      requests.add(request);
      Answer answer = answers.apply(request);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      int length = answer.body().length;
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** An address of this receiver. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** What came for a path, in order. */
  public List<Request> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
