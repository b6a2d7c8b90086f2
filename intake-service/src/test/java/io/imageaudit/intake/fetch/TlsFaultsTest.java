package io.imageaudit.intake.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.imageaudit.intake.Pictures;
import io.imageaudit.intake.store.Stores;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.net.HostLookup;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

/** Servers whose certificates or handshakes are at fault: all of them are refused. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsFaultsTest {

  private static final String HOST = "shop.example";
  private static final byte[] PICTURE = Pictures.jpeg(100, 80);
  private static final HostLookup LOOKUP = _ -> List.of(InetAddress.getLoopbackAddress());

  private Certificates certificates;
  private CloseableHttpClient client;
  private RemoteImages images;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, GeneralSecurityException {
    certificates = Certificates.in(folder);
    client = FetchConfig.client(guard(), settings(), certificates.trust());
    images =
        new FetchConfig()
            .remoteImages(
                guard(), client, Stores.staging(folder.resolve("in")), settings(), Instant::now);
  }

  @AfterAll
  void stop() throws IOException {
    client.close();
  }

  @Test
  void a_certificate_without_fault_is_believed_and_its_version_is_in_the_receipt()
      throws IOException, GeneralSecurityException {
    HttpsServer server = serve(certificates.signed("good", HOST));
    FetchOutcome outcome = fetch(server, "/a.jpg");

    assertThat(outcome).isInstanceOf(FetchOutcome.Fetched.class);
    ((FetchOutcome.Fetched) outcome).content().close();
    assertThat(((FetchOutcome.Fetched) outcome).receipt().tls()).isEqualTo("TLSv1.3");

    server.createContext(
        "/down",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "http://" + HOST + "/a.jpg");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    assertFails(fetch(server, "/down"), FailureCode.FETCH_FORBIDDEN_ADDRESS);
    server.stop(0);
  }

  @Test
  void an_expired_certificate_is_refused() throws IOException, GeneralSecurityException {
    assertRefused(certificates.signed("expired", HOST, "-startdate", "-9d", "-validity", "8"));
  }

  @Test
  void a_certificate_of_the_future_is_refused() throws IOException, GeneralSecurityException {
    assertRefused(certificates.signed("future", HOST, "-startdate", "+9d"));
  }

  @Test
  void a_certificate_for_another_host_is_refused() throws IOException, GeneralSecurityException {
    assertRefused(certificates.signed("other", "other.example"));
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_refused()
      throws IOException, GeneralSecurityException {
    assertRefused(certificates.selfSigned(HOST));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void a_server_that_never_answers_the_handshake_is_given_up() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertFails(fetch(silent.getLocalPort(), "/a.jpg"), FailureCode.FETCH_TIMEOUT);
    }
  }

  @Test
  void a_server_that_speaks_no_tls_is_refused() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var connection = plain.accept()) {
              connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
              connection.getInputStream().read();
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
      assertFails(fetch(plain.getLocalPort(), "/a.jpg"), FailureCode.FETCH_UNREACHABLE);
    }
  }

  private void assertRefused(SSLContext shown) throws IOException {
    HttpsServer server = serve(shown);
    assertFails(fetch(server, "/a.jpg"), FailureCode.FETCH_UNREACHABLE);
    server.stop(0);
  }

  private static void assertFails(FetchOutcome outcome, FailureCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            FetchOutcome.NotFetched.class,
            refused -> assertThat(refused.failure()).extracting(Failure::code).isEqualTo(code));
  }

  private FetchOutcome fetch(HttpsServer server, String path) throws IOException {
    return fetch(server.getAddress().getPort(), path);
  }

  private FetchOutcome fetch(int port, String path) throws IOException {
    return images.fetch(URI.create("https://" + HOST + ":" + port + path), Duration.ofMinutes(1));
  }

  private static HttpsServer serve(SSLContext shown) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(shown));
    server.createContext(
        "/a.jpg",
        exchange -> {
          exchange.sendResponseHeaders(200, PICTURE.length);
          exchange.getResponseBody().write(PICTURE);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static OutboundGuard guard() {
    return new OutboundGuard(
        new OutboundSettings(
            true,
            List.of("80", "443", "1024-65535"),
            List.of(),
            List.of(),
            Duration.ofSeconds(1),
            8),
        LOOKUP);
  }

  private static FetchSettings settings() {
    return new FetchSettings(
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        DataSize.ofMegabytes(1),
        3,
        4,
        16);
  }
}
