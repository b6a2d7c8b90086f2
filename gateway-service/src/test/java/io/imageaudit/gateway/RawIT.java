package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no honest client sends. */
@GatewayTest
class RawIT {

  private final Door door;

  RawIT(Door door) {
    this.door = door;
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
    assertThat(answer).matches("(?s)HTTP/1.1 (4|501).*");
    assertThat(answer.toLowerCase(Locale.ROOT))
        .doesNotContain("tomcat", "<html", "exception", "server:");
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

  private String send(String request) throws IOException {
    try (Socket socket = new Socket("localhost", door.port())) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
