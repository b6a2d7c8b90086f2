package io.imageaudit.local.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * Random secrets, made on first start and kept.
 *
 * @param apiKey key of the tenant {@value #TENANT}
 * @param adminKey key of the administrator
 * @param jwtSecret signs tokens (HS256)
 * @param webhookSecret signs the callbacks of the tenant
 * @param internalToken by which the services know each other
 * @param encryptionKey encrypts webhook secrets at rest
 * @param databasePassword of PostgreSQL's superuser
 * @param seed from which each service's own password is made
 */
public record Secrets(
    String apiKey,
    String adminKey,
    String jwtSecret,
    String webhookSecret,
    String internalToken,
    String encryptionKey,
    String databasePassword,
    String seed) {

  /** The tenant that exists from the first start on. */
  public static final String TENANT = "demo";

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int KEY_BYTES = 32;

  /** Reads the file; makes and writes what is missing in it. */
  public static Secrets keptIn(Path file, RandomGenerator random) throws IOException {
    Properties kept = PrivateFile.read(file);
    int before = kept.size();
    Secrets secrets =
        new Secrets(
            keep(kept, "api-key", "iak_local_" + text(random, 43)),
            keep(kept, "admin-key", "iak_admin_" + text(random, 43)),
            keep(kept, "jwt-secret", text(random, 64)),
            keep(kept, "webhook-secret", "whsec_" + bytes(random)),
            keep(kept, "internal-token", text(random, 43)),
            keep(kept, "encryption-key", bytes(random)),
            keep(kept, "database-password", text(random, 32)),
            keep(kept, "seed", text(random, 32)));
    if (kept.size() > before) {
      PrivateFile.write(file, kept);
    }
    return secrets;
  }

  /** The password of one service's database role. */
  public String passwordOf(String role) {
    return seed + role;
  }

  private static String keep(Properties kept, String name, String fresh) {
    kept.putIfAbsent(name, fresh);
    return kept.getProperty(name);
  }

  private static String text(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    random.ints(length, 0, ALPHABET.length()).forEach(i -> text.append(ALPHABET.charAt(i)));
    return text.toString();
  }

  private static String bytes(RandomGenerator random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** The file for shells to source. */
  public String shellText(Ports ports) {
    return """
    # Addresses and credentials of the local stack, for shells: source this file.
    export AUDIT_URL='%s'
    export AUDIT_API_KEY='%s'
    export AUDIT_ADMIN_KEY='%s'
    export AUDIT_JWT_SECRET='%s'
    export AUDIT_WEBHOOK_SECRET='%s'
    """
        .formatted(ports.url(PortName.GATEWAY), apiKey, adminKey, jwtSecret, webhookSecret);
  }

  /** Hides everything. */
  @Override
  public String toString() {
    return "Secrets[hidden]";
  }
}
