package io.imageaudit.gateway;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/** A client of the gateway under test. */
final class Door {

  private final HttpClient http = HttpClient.newHttpClient();
  private final ApplicationContext context;

  Door(ApplicationContext context) {
    this.context = context;
  }

  int port() {
    return requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
  }

  /** A request with the usual key; the caller chooses method and headers. */
  HttpRequest.Builder request(String path) {
    return anonymous(path).header("X-API-Key", Keys.API_KEY);
  }

  /** A request of another caller. */
  HttpRequest.Builder request(String path, String key) {
    return anonymous(path).header("X-API-Key", key);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
        .timeout(Duration.ofSeconds(30));
  }

  /** A request to the operator's port. */
  HttpRequest.Builder management(String path) {
    String port = context.getEnvironment().getRequiredProperty("local.management.port");
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(30));
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer submit(String json) {
    return send(json("/v1/audits", json));
  }

  HttpRequest.Builder json(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  /** A form with one file part of this name and some fields. */
  HttpRequest.Builder form(String path, String part, byte[] file, Map<String, String> fields) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) ->
        add(
            body,
            "--frontier\r\nContent-Disposition: form-data; name=\""
                + name
                + "\"\r\n\r\n"
                + value
                + "\r\n"));
    add(
        body,
        "--frontier\r\nContent-Disposition: form-data; name=\""
            + part
            + "\"; filename=\"../../evil.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n");
    body.writeBytes(file);
    add(body, "\r\n--frontier--\r\n");
    return request(path)
        .header("Content-Type", "multipart/form-data; boundary=frontier")
        .POST(BodyPublishers.ofByteArray(body.toByteArray()));
  }

  /** A form with several file parts and the fields that go with them. */
  HttpRequest.Builder files(String path, String items, byte[]... files) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    add(
        body,
        "--frontier\r\nContent-Disposition: form-data; name=\"items\"\r\n\r\n" + items + "\r\n");
    for (byte[] file : files) {
      add(
          body,
          "--frontier\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n");
      body.writeBytes(file);
      add(body, "\r\n");
    }
    add(body, "--frontier--\r\n");
    return request(path)
        .header("Content-Type", "multipart/form-data; boundary=frontier")
        .POST(BodyPublishers.ofByteArray(body.toByteArray()));
  }

  private static void add(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
