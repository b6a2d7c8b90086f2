package io.imageaudit.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Migrations that were released stay as they are, and later ones leave the version before able to
 * run: docs/operations.md, "Upgrading and going back".
 */
class MigrationsTest {

  private static final String FOLDER = "src/main/resources/db/migration";

  /** What the version before may still read or write: expand now, contract one release later. */
  private static final Pattern INCOMPATIBLE =
      Pattern.compile(
          "\\bdrop\\s+(?:table|column|schema|view|type)\\b|\\brename\\b"
              + "|\\balter\\s+column\\s+\\S+\\s+(?:type(?!\\s+text\\s+collate)|set\\s+(?:data\\s+type|not\\s+null))\\b"
              + "|\\badd\\s+column\\b(?![^;,]*\\bdefault\\b)[^;,]*\\bnot\\s+null\\b"
              + "|\\btruncate\\b");

  /** Says that a contraction is due: nothing has used what it removes for a release. */
  private static final String CONTRACTS = "-- contract:";

  static Stream<Path> later() {
    return ConfigurationReference.SERVICES.stream()
        .flatMap(service -> Repository.files(service + "/" + FOLDER, ".sql").stream())
        .filter(file -> !file.getFileName().toString().startsWith("V1__"));
  }

  @Test
  void released_migrations_are_there_and_unchanged() throws IOException {
    Map<String, String> released = new TreeMap<>();
    for (String line : Repository.text("deployment-checks/migrations.sha256").lines().toList()) {
      released.put(line.substring(66), line.substring(0, 64));
    }
    assertThat(released).isNotEmpty();
    for (Map.Entry<String, String> entry : released.entrySet()) {
      assertThat(digest(Repository.ROOT.resolve(entry.getKey())))
          .as(entry.getKey())
          .isEqualTo(entry.getValue());
    }
  }

  @ParameterizedTest
  @MethodSource("later")
  void later_migration_leaves_what_the_version_before_uses(Path file) throws IOException {
    assertThat(incompatible(Files.readString(file))).as(file.toString()).isFalse();
  }

  @Test
  void what_is_incompatible_is_seen() {
    assertThat(
            List.of(
                "alter table a drop column b;",
                "ALTER TABLE a RENAME COLUMN b TO c;",
                "alter table a alter column b type bigint;",
                "alter table a alter column b set not null;",
                "alter table a add column b text not null;",
                "drop table a;"))
        .allMatch(MigrationsTest::incompatible);
    assertThat(
            List.of(
                "alter table a add column b text;",
                "alter table a add column b int not null default 0;",
                "create table a (b text not null);",
                "-- contract: b, unused since 0.4\nalter table a drop column b;",
                "drop index i;"))
        .noneMatch(MigrationsTest::incompatible);
  }

  private static boolean incompatible(String sql) {
    String statements = sql.replaceAll("--[^\\n]*", "").toLowerCase(Locale.ROOT);
    return !sql.contains(CONTRACTS) && INCOMPATIBLE.matcher(statements).find();
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
