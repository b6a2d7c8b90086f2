package io.imageaudit.test;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Collects spans: the receiving end of OTLP over HTTP with binary protobuf, on a free port. */
public final class SpanCollector implements AutoCloseable {

  private final HttpServer server;
  private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

  private SpanCollector(HttpServer server) {
    this.server = server;
  }

  /** Starts one. */
  public static SpanCollector start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SpanCollector collector = new SpanCollector(server);
    server.createContext("/v1/traces", collector::take);
    server.start();
    return collector;
  }

  /** Where spans are to be sent. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces");
  }

  /** What has come in of one trace. */
  public List<Span> trace(String traceId) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream body = exchange.getRequestBody();
      ExportTraceServiceRequest request =
          ExportTraceServiceRequest.parseFrom(zipped ? new GZIPInputStream(body) : body);
      request.getResourceSpansList().stream().flatMap(SpanCollector::spans).forEach(spans::add);
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    }
  }

  private static Stream<Span> spans(ResourceSpans resource) {
    String service = texts(resource.getResource().getAttributesList()).get("service.name");
    return resource.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .map(span -> span(service == null ? "" : service, span));
  }

  private static Span span(String service, io.opentelemetry.proto.trace.v1.Span span) {
    HexFormat hex = HexFormat.of();
    return new Span(
        service,
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        texts(span.getAttributesList()),
        span.getEndTimeUnixNano() - span.getStartTimeUnixNano());
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, each -> each.getValue().getStringValue()));
  }

  /**
   * A span.
   *
   * @param service that recorded it
   * @param name what was done
   * @param kind such as {@code SERVER}
   * @param traceId 32 hexadecimal digits
   * @param spanId 16 hexadecimal digits
   * @param parentId 16 hexadecimal digits, or empty where the trace begins
   * @param attributes that are texts
   * @param nanos how long it took
   */
  public record Span(
      String service,
      String name,
      String kind,
      String traceId,
      String spanId,
      String parentId,
      Map<String, String> attributes,
      long nanos) {}
}
