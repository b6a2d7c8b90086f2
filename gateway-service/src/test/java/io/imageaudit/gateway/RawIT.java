package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no honest client sends. */
@GatewayTest
class RawIT {

  private final Door door;
  private final MeterRegistry meters;

  RawIT(Door door, MeterRegistry meters) {
    this.door = door;
    this.meters = meters;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/audits HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "GET /v1/audits HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /v1/<audits> HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/..%2f..%2fetc HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/audits HTTP/1.1\r\n\r\n",
        "NONSENSE\r\n\r\n",
      })
  void broken_requests_are_refused_without_a_banner(String request) throws IOException {
    String answer = send(request);
    assertThat(answer).matches("(?s)HTTP/1.1 4.*").doesNotContain("INTERNAL_ERROR");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .doesNotContain("tomcat", "<html", "exception", "server:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=x", "limit=1&=", "&&=", "reference=%zz", "MANY"})
  void parameters_that_are_none_are_refused_as_such(String query) throws IOException {
    String text = query.equals("MANY") ? "a=1&".repeat(1_001) : query;
    String answer =
        send(
            "GET /v1/audits?%s HTTP/1.1\r\nHost: a\r\nX-API-Key: %s\r\nConnection: close\r\n\r\n"
                .formatted(text, Keys.API_KEY));
    assertThat(answer).startsWith("HTTP/1.1 400").contains("VALIDATION_ERROR");
  }

  @Test
  void a_client_that_was_told_to_go_on_gets_to_read_the_answer() throws IOException {
    int length = 8 << 20;
    try (Socket socket = new Socket("localhost", door.port())) {
      socket.setSoTimeout(15_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /v1/audits HTTP/1.1\r\nHost: a\r\nX-API-Key: %s\r\nExpect: 100-continue\r\n"
                  + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n")
              .formatted(Keys.API_KEY, length)
              .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 100");
      assertThat(line(socket.getInputStream())).isEmpty();
      byte[] nonsense = new byte[8_192];
      Arrays.fill(nonsense, (byte) 'x');
      for (int sent = 0; sent < length; sent += nonsense.length) {
        out.write(nonsense);
      }
      assertThat(line(socket.getInputStream())).startsWith("HTTP/1.1 400");
    }
  }

  private static String line(InputStream answer) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = answer.read(); next >= 0 && next != '\n'; next = answer.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Test
  void a_head_that_is_too_long_is_refused() throws IOException {
    String answer =
        send("GET /v1/audits HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(40_000) + "\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 4.*");
  }

  @Test
  void forwarded_headers_and_method_overrides_are_not_believed() {
    Answer answer =
        door.send(
            door.anonymous("/v1/audits")
                .header("X-Tenant-Id", Keys.TENANT)
                .header("X-Forwarded-For", "127.0.0.1")
                .header("X-HTTP-Method-Override", "DELETE"));
    assertThat(answer.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(
      strings = {
        "GET /v1/audits HTTP/1.1\r\nHost: a\r\nX: ",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nX-API-Key: KEY\r\nContent-Length: 9000\r\n"
            + "Content-Type: application/json\r\n\r\n",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nX-API-Key: KEY\r\nContent-Length: 9000\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nX-API-Key: KEY\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: application/json\r\n\r\n2000\r\n",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n",
      })
  void a_client_that_sends_a_byte_now_and_then_is_cut_off(String start) throws IOException {
    double faultsBefore = faultsOfOurs();
    try (Socket socket = new Socket("localhost", door.port())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      out.write(start.replace("KEY", Keys.API_KEY).getBytes(StandardCharsets.ISO_8859_1));
      socket.setSoTimeout(100);
      await()
          .pollInSameThread()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(15))
          .until(() -> isCutOff(socket, out));
    }
    assertThat(faultsOfOurs()).isEqualTo(faultsBefore);
    assertThat(door.get("/v1/limits").status()).isEqualTo(200);
  }

  private double faultsOfOurs() {
    return meters.counter("image.audit.refused", "code", "INTERNAL_ERROR").count();
  }

  /** Sends one byte more and waits for an end. */
  private static boolean isCutOff(Socket socket, OutputStream out) {
    try {
      out.write(' ');
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void many_headers_are_refused() throws IOException {
    String headers = "X: y\r\n".repeat(2_000);
    assertThat(send("GET /v1/limits HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n"))
        .matches("(?s)HTTP/1.1 4.*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/limits HTTP/1.1\r\n\r\n",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nContent-Length: 1,1\r\n\r\n{",
        "POST /v1/audits HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST /v1/audits HTTP/0.9\r\n\r\n",
      })
  void requests_that_two_readers_would_cut_differently_end_the_connection(String request)
      throws IOException {
    String answer = send(request);
    assertThat(answer).matches("(?s)HTTP/1.1 (4|5).*");
    assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
  }

  private String send(String request) throws IOException {
    try (Socket socket = new Socket("localhost", door.port())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
