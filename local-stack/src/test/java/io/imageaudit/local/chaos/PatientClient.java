package io.imageaudit.local.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that submits with an {@code Idempotency-Key} and tries again, with the same key,
 * whatever may pass: a connection that fails, 429, 409 and 5xx.
 */
final class PatientClient implements AutoCloseable {

  private static final Duration ONE_TRY = Duration.ofSeconds(20);
  private static final Duration ALL_TRIES = Duration.ofMinutes(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final String BOUNDARY = "chaos-5d1c77";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String gateway;
  private final String apiKey;
  private final String ownUrl;
  private final Pictures pictures;
  private final Duration timeout;
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();

  /**
   * A client.
   *
   * @param ownUrl of the server that has the pictures and hears the callbacks
   * @param timeout within which verdicts are wanted
   */
  PatientClient(String gateway, String apiKey, String ownUrl, Pictures pictures, Duration timeout) {
    this.gateway = gateway;
    this.apiKey = apiKey;
    this.ownUrl = ownUrl;
    this.pictures = pictures;
    this.timeout = timeout;
  }

  /**
   * Submits a picture under a key, in one of three forms, and does not give up.
   *
   * @return the audit's id
   */
  String submit(String key, int number) throws IOException, InterruptedException {
    HttpRequest request = request(key, number);
    long end = System.nanoTime() + ALL_TRIES.toNanos();
    while (System.nanoTime() < end) {
      Optional<String> auditId = tryOnce(request);
      if (auditId.isPresent()) {
        return auditId.get();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError(key + ": not accepted within " + ALL_TRIES);
  }

  private Optional<String> tryOnce(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      int status = answer.statusCode();
      answers.merge(Integer.toString(status), 1, Integer::sum);
      if (status == 202) {
        String id =
            JsonMapper.shared().readTree(answer.body()).path("data").path("audit_id").asString();
        return Optional.of(id);
      }
      if (status != 429 && status != 409 && status < 500) {
        throw new AssertionError("refused: " + status + " " + answer.body());
      }
    } catch (IOException e) {
      answers.merge(e.getClass().getSimpleName(), 1, Integer::sum);
    }
    return Optional.empty();
  }

  private HttpRequest request(String key, int number) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway + "/v1/audits"))
            .timeout(ONE_TRY)
            .header("X-API-Key", apiKey)
            .header("Idempotency-Key", key);
    return switch (number % 3) {
      case 0 -> json(request, key, "image_url", ownUrl + Pictures.PATH + number);
      case 1 -> {
        String base64 = Base64.getEncoder().encodeToString(pictures.of(number));
        yield json(request, key, "image_base64", base64);
      }
      default -> file(request, key, pictures.of(number));
    };
  }

  private HttpRequest json(HttpRequest.Builder request, String key, String field, String value) {
    Map<String, Object> body =
        Map.of(
            field,
            value,
            "reference",
            key,
            "callback",
            ownUrl + CountingReceiver.PATH,
            "timeout_sec",
            timeout.toSeconds());
    return request
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body)))
        .build();
  }

  private HttpRequest file(HttpRequest.Builder request, String key, byte[] picture)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, "reference", key);
    field(body, "callback", ownUrl + CountingReceiver.PATH);
    field(body, "timeout_sec", Long.toString(timeout.toSeconds()));
    write(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"");
    write(body, "; filename=\"picture.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
    body.write(picture);
    write(body, "\r\n--" + BOUNDARY + "--\r\n");
    return request
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }

  private static void field(ByteArrayOutputStream body, String name, String value)
      throws IOException {
    write(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name);
    write(body, "\"\r\n\r\n" + value + "\r\n");
  }

  private static void write(ByteArrayOutputStream body, String text) throws IOException {
    body.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** How often each status was answered and each fault met. */
  Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
