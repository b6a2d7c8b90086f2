package io.imageaudit.notification.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of our own and what it has signed, good and bad, for the host 127.0.0.1. */
final class Certificates {

  /** The authority's own certificate, signed by itself. */
  static final String SELF_SIGNED = "authority";

  /** As it should be. */
  static final String GOOD = "good";

  /** Ended yesterday. */
  static final String EXPIRED = "expired";

  /** For another host. */
  static final String WRONG_HOST = "wrong-host";

  private static final char[] PASSWORD = "password".toCharArray();

  private final KeyStore all;

  private Certificates(KeyStore all) {
    this.all = all;
  }

  /** Makes them with the JDK's keytool. */
  static Certificates create(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    keytool(store, SELF_SIGNED, "-ext", "SAN=IP:127.0.0.1", "-ext", "bc:c");
    keytool(store, GOOD, "-signer", SELF_SIGNED, "-ext", "SAN=IP:127.0.0.1");
    keytool(
        store,
        EXPIRED,
        "-signer",
        SELF_SIGNED,
        "-ext",
        "SAN=IP:127.0.0.1",
        "-startdate",
        "-3d",
        "-validity",
        "2");
    keytool(store, WRONG_HOST, "-signer", SELF_SIGNED, "-ext", "SAN=DNS:other.example");
    KeyStore all = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      all.load(in, PASSWORD);
    }
    return new Certificates(all);
  }

  private static void keytool(Path store, String alias, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=x"));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", new String(PASSWORD), "-J-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool: " + said);
    }
  }

  /** For a server that shows one of them. */
  SSLContext server(String alias) throws GeneralSecurityException, IOException {
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(one, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** For a client that trusts the authority. */
  SSLContext client() throws GeneralSecurityException, IOException {
    KeyStore authority = KeyStore.getInstance("PKCS12");
    authority.load(null, null);
    authority.setCertificateEntry(SELF_SIGNED, all.getCertificate(SELF_SIGNED));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(authority);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
