package io.imageaudit.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.net.HostLookup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is sent to a receiver that does not prove who it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsReceiverTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /** Of the first protocol: SETTINGS, then GOAWAY (RFC 9113). */
  private static final String HTTP_2_ONLY =
      "000000040000000000" + "0000080700000000000000000000000d";

  /** Chooses TLS 1.0 with a cipher of its time (RFC 2246, section 7.4.1.3). */
  private static final String TLS_1_0 =
      "160301002a" + "02000026" + "0301" + "00".repeat(32) + "00" + "002f" + "00";

  private Certificates certificates;
  private TlsSocketStrategy trusting;

  @BeforeAll
  void createCertificates(@TempDir Path folder) throws Exception {
    certificates = Certificates.create(folder);
    trusting = new DefaultClientTlsStrategy(certificates.client());
  }

  @Test
  void a_good_certificate_is_trusted() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    assertThat(against(Certificates.GOOD, OK.getBytes(StandardCharsets.US_ASCII), requests))
        .isInstanceOf(WebhookReply.Answered.class);
    assertThat(requests).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {Certificates.EXPIRED, Certificates.WRONG_HOST})
  void a_bad_certificate_fails_the_handshake_and_nothing_is_sent(String alias) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    assertThat(against(alias, OK.getBytes(StandardCharsets.US_ASCII), requests))
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TLS_FAILED));
    assertThat(requests).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {Certificates.SELF_SIGNED, Certificates.GOOD})
  void a_certificate_that_nobody_known_vouches_for_fails_the_handshake(String alias)
      throws Exception {
    AtomicInteger requests = new AtomicInteger();
    TlsSocketStrategy usual = DefaultClientTlsStrategy.createDefault();
    byte[] answer = OK.getBytes(StandardCharsets.US_ASCII);
    try (SSLServerSocket server = serve(certificates.server(alias), answer, requests)) {
      assertThat(send(usual, server.getLocalPort()))
          .isInstanceOfSatisfying(
              WebhookReply.Unreachable.class,
              failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TLS_FAILED));
    }
    assertThat(requests).hasValue(0);
  }

  @Test
  void what_speaks_only_http_2_over_tls_is_told_as_broken() throws Exception {
    assertThat(
            against(Certificates.GOOD, HexFormat.of().parseHex(HTTP_2_ONLY), new AtomicInteger()))
        .isInstanceOf(WebhookReply.Unreachable.class);
  }

  @Test
  void an_old_version_of_tls_fails_the_handshake() throws Exception {
    try (RawServer server =
        new RawServer((socket, stop) -> {
          socket.getOutputStream().write(HexFormat.of().parseHex(TLS_1_0));
          stop.await(10_000);
        })) {
      assertThat(send(trusting, server.url().getPort()))
          .isInstanceOfSatisfying(
              WebhookReply.Unreachable.class,
              failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TLS_FAILED));
    }
  }

  private WebhookReply against(String alias, byte[] answer, AtomicInteger requests)
      throws Exception {
    try (SSLServerSocket server = serve(certificates.server(alias), answer, requests)) {
      return send(trusting, server.getLocalPort());
    }
  }

  private static WebhookReply send(TlsSocketStrategy tls, int port) throws Exception {
    try (Sending sending = new Sending(HostLookup.system(), true, tls)) {
      return sending.send(URI.create("https://127.0.0.1:" + port + "/hook"));
    }
  }

  private static SSLServerSocket serve(SSLContext context, byte[] answer, AtomicInteger requests)
      throws Exception {
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      try (Socket socket = server.accept()) {
        ((SSLSocket) socket).startHandshake();
        if (socket.getInputStream().read() >= 0) {
          requests.incrementAndGet();
          OutputStream out = socket.getOutputStream();
          out.write(answer);
          out.flush();
          socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      } catch (IOException _) {
        // The client turned away, which is what these tests are about.
      }
    });
    return server;
  }
}
