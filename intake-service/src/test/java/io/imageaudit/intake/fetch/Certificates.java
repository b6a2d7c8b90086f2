package io.imageaudit.intake.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of the test's own, and certificates with and without faults, made by keytool. */
final class Certificates {

  private static final String PASSWORD = "secret-of-tests";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  static Certificates in(Path folder) throws IOException {
    Certificates certificates = new Certificates(folder);
    certificates.keytool("authority", List.of("-ext", "bc:c"));
    return certificates;
  }

  /** What a client believes that knows the authority. */
  SSLContext trust() throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("authority", load("authority").getCertificate("authority"));
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** What a server shows: a certificate of the authority's for that host, with further options. */
  SSLContext signed(String name, String host, String... options)
      throws IOException, GeneralSecurityException {
    Files.copy(store("authority"), store(name));
    List<String> all = new ArrayList<>(List.of("-signer", "authority", "-ext", "san=dns:" + host));
    all.addAll(List.of(options));
    keytool(name, all);
    return server(name);
  }

  /** What a server shows that has signed its certificate for that host itself. */
  SSLContext selfSigned(String host) throws IOException, GeneralSecurityException {
    keytool("self", List.of("-ext", "san=dns:" + host));
    return server("self");
  }

  private SSLContext server(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = load(name);
    if (keys.size() > 1) {
      keys.deleteEntry("authority");
    }
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), null, null);
    return context;
  }

  private KeyStore load(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private void keytool(String name, List<String> options) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", name));
    line.addAll(List.of("-dname", "CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1"));
    line.addAll(List.of("-keystore", store(name).toString(), "-storepass", PASSWORD));
    line.addAll(options);
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
