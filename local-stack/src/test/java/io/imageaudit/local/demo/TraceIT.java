package io.imageaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.test.SpanCollector.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One audit is one trace, from the request to the callback, through all four services. */
class TraceIT {

  private static final List<String> JUDGED =
      List.of(
          "gateway-service: POST /v1/audits",
          "gateway-service: send image-audit.submitted",
          "intake-service: ingest",
          "intake-service: send image-audit.ingested",
          "audit-worker: audit",
          "audit-worker: check demo",
          "audit-worker: infer demo");
  private static final List<String> TOLD =
      List.of(
          "audit-worker: audit",
          "audit-worker: send image-audit.concluded",
          "notification-service: notify",
          "notification-service: callback");

  @Test
  void steps_of_an_audit_follow_from_each_other_across_all_services() throws Exception {
    try (Merchant merchant = Merchant.of(StackUnderTest.shared())) {
      String auditId = submit(merchant);
      merchant.awaitCallback(auditId);
      String traceId = merchant.find(auditId).path("trace_id").asString();

      List<Span> spans =
          await()
              .atMost(Merchant.PATIENCE)
              .until(
                  () -> StackUnderTest.spans().trace(traceId),
                  found ->
                      way(found, TOLD.getLast()).isPresent()
                          && way(found, JUDGED.getLast()).isPresent());

      assertThat(way(spans, JUDGED.getLast())).hasValue(JUDGED);
      assertThat(way(spans, TOLD.getLast()).orElseThrow()).endsWith(TOLD.toArray(String[]::new));
      assertThat(spans).filteredOn(span -> span.parentId().isEmpty()).hasSize(1);
      assertThat(spans)
          .filteredOn(span -> span.name().startsWith("send"))
          .allSatisfy(
              span -> assertThat(span.attributes()).containsEntry("image_audit.audit_id", auditId));
      assertThat(gatewayMetrics()).containsPattern("# \\{span_id=\"[0-9a-f]{16}\",trace_id=\"");
    }
  }

  private static String submit(Merchant merchant) throws IOException, InterruptedException {
    byte[] picture = Files.readAllBytes(Merchant.SAMPLES.resolve("clean-shoe-01.jpg"));
    byte[] unseen = Arrays.copyOf(picture, picture.length + 1);
    Receipt receipt = merchant.submitFile("traced.jpg", unseen);
    assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
    return ((Receipt.Accepted) receipt).auditId();
  }

  /** With exemplars, which only this format has. */
  private static String gatewayMetrics() throws IOException, InterruptedException {
    String address =
        StackUnderTest.shared().ports().url(PortName.GATEWAY_MANAGEMENT) + "/actuator/prometheus";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Accept", "application/openmetrics-text; version=1.0.0")
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  /** The steps from the first one to the named one; none while one of them has not come in. */
  private static Optional<List<String>> way(List<Span> spans, String last) {
    Map<String, Span> byId =
        spans.stream().collect(Collectors.toMap(Span::spanId, Function.identity(), (a, b) -> a));
    List<String> way = new ArrayList<>();
    Span step = spans.stream().filter(span -> text(span).equals(last)).findFirst().orElse(null);
    while (step != null) {
      way.addFirst(text(step));
      if (step.parentId().isEmpty()) {
        return Optional.of(way);
      }
      step = byId.get(step.parentId());
    }
    return Optional.empty();
  }

  private static String text(Span span) {
    return span.service() + ": " + span.name();
  }
}
