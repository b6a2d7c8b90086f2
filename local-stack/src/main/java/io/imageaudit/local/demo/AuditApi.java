package io.imageaudit.local.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the public API, as a merchant would write it. */
final class AuditApi implements AutoCloseable {

  private static final String BOUNDARY = "image-audit-quickstart-3f1c9a";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY = 429;
  private static final int MOST_TRIES = 20;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String gateway;
  private final String apiKey;
  private final String callback;
  private final long timeoutSeconds;

  /**
   * A client of one tenant.
   *
   * @param callback where results are to be told
   * @param timeout within which a verdict is wanted, up to an hour
   */
  AuditApi(String gateway, String apiKey, String callback, Duration timeout) {
    this.gateway = gateway;
    this.apiKey = apiKey;
    this.callback = callback;
    this.timeoutSeconds = timeout.toSeconds();
  }

  /** Submits an address. */
  Receipt submitUrl(String url, String reference) throws IOException, InterruptedException {
    return submitJson("image_url", url, reference);
  }

  /** Submits bytes inside JSON. */
  Receipt submitBase64(byte[] image, String reference) throws IOException, InterruptedException {
    return submitJson("image_base64", Base64.getEncoder().encodeToString(image), reference);
  }

  /** Submits a file as a browser's form does. */
  Receipt submitFile(String name, String mediaType, byte[] image, String reference)
      throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(image.length + 1024);
    field(body, "callback", callback);
    field(body, "timeout_sec", Long.toString(timeoutSeconds));
    field(body, "reference", reference);
    write(
        body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"");
    write(body, name + "\"\r\nContent-Type: " + mediaType + "\r\n\r\n");
    body.write(image);
    write(body, "\r\n--" + BOUNDARY + "--\r\n");
    return submit("multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
  }

  private static void field(ByteArrayOutputStream body, String name, String value)
      throws IOException {
    write(
        body,
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(BOUNDARY, name, value));
  }

  private static void write(ByteArrayOutputStream body, String text) throws IOException {
    body.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Receipt submitJson(String field, String value, String reference)
      throws IOException, InterruptedException {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put(field, value);
    request.put("callback", callback);
    request.put("timeout_sec", timeoutSeconds);
    request.put("reference", reference);
    return submit("application/json", JsonMapper.shared().writeValueAsBytes(request));
  }

  private Receipt submit(String contentType, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        request("/v1/audits")
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    for (int tries = 1; answer.statusCode() == TOO_MANY && tries < MOST_TRIES; tries++) {
      Thread.sleep(Duration.ofSeconds(answer.headers().firstValueAsLong("Retry-After").orElse(1)));
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    long now = System.nanoTime();
    JsonNode envelope = read(answer.body());
    if (answer.statusCode() == ACCEPTED) {
      return new Receipt.Accepted(envelope.path("data").path("audit_id").asString(), now);
    }
    return new Receipt.Refused(
        envelope.path("code").asString(Integer.toString(answer.statusCode())),
        envelope.path("errors").path(0).asString(envelope.path("message").asString("")));
  }

  private static JsonNode read(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException _) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  /** What the API says of an audit: its {@code data}. */
  JsonNode find(String auditId) throws IOException, InterruptedException {
    HttpRequest request = request("/v1/audits/" + auditId).GET().build();
    return read(client.send(request, HttpResponse.BodyHandlers.ofString()).body()).path("data");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway + path))
        .timeout(PATIENCE)
        .header("X-API-Key", apiKey);
  }

  @Override
  public void close() {
    client.close();
  }
}
