package io.imageaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PortName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules and dashboards are checked against saved scrapes; these must be what the services say once
 * they have judged a picture.
 */
class MetricsIT {

  private static final Path SAVED = Path.of("../observability/scrape");
  private static final Pattern NAME =
      Pattern.compile("^((?:image_audit|resilience4j|http_server)\\w*)", Pattern.MULTILINE);

  @ParameterizedTest
  @CsvSource({
    "GATEWAY_MANAGEMENT, gateway-service",
    "INTAKE, intake-service",
    "WORKER, audit-worker",
    "NOTIFICATION, notification-service"
  })
  void every_saved_metric_is_measured(PortName port, String service) throws Exception {
    Set<String> saved = names(Files.readString(SAVED.resolve(service + ".txt")));
    assertThat(saved).isNotEmpty();
    try (Merchant merchant = Merchant.of(StackUnderTest.shared())) {
      judgeOne(merchant);
    }
    await("metrics of " + service)
        .atMost(Merchant.PATIENCE)
        .untilAsserted(() -> assertThat(names(scrape(port))).containsAll(saved));
  }

  private static void judgeOne(Merchant merchant) throws IOException, InterruptedException {
    byte[] picture = Files.readAllBytes(Merchant.SAMPLES.resolve("shoe-qr-code-16.jpg"));
    byte[] unseen = Arrays.copyOf(picture, picture.length + 3);
    Receipt judged = merchant.submitFile("shoe.jpg", unseen);
    assertThat(judged).isInstanceOf(Receipt.Accepted.class);
    merchant.awaitCallback(((Receipt.Accepted) judged).auditId());
  }

  private static Set<String> names(String lines) {
    return NAME.matcher(lines)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String scrape(PortName port) throws IOException, InterruptedException {
    String address = StackUnderTest.shared().ports().url(port) + "/actuator/prometheus";
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
