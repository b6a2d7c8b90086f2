package io.imageaudit.local.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir Path folder;

  @Test
  void secrets_are_made_once_and_kept_for_their_owner_alone() throws IOException {
    Path file = folder.resolve("secrets");
    Secrets first = Secrets.keptIn(file, new Random(1));
    Secrets second = Secrets.keptIn(file, new Random(2));

    assertThat(second).isEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void secrets_have_the_forms_that_the_services_demand() throws IOException {
    Secrets secrets = Secrets.keptIn(folder.resolve("secrets"), new Random(1));

    assertThat(secrets.apiKey()).matches("iak_[A-Za-z0-9]{1,32}_[A-Za-z0-9]{32,128}");
    assertThat(secrets.adminKey()).matches("iak_[A-Za-z0-9]{1,32}_[A-Za-z0-9]{32,128}");
    assertThat(secrets.jwtSecret()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(secrets.internalToken()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(Base64.getDecoder().decode(secrets.encryptionKey())).hasSize(32);
    assertThat(Base64.getDecoder().decode(secrets.webhookSecret().substring("whsec_".length())))
        .hasSize(32);
    assertThat(secrets.toString()).doesNotContain(secrets.apiKey());
  }

  @Test
  void shells_get_five_variables() throws IOException {
    Secrets secrets = Secrets.keptIn(folder.resolve("secrets"), new Random(1));

    assertThat(secrets.shellText(new Ports(Map.of(PortName.GATEWAY, 4444))).lines())
        .contains("export AUDIT_URL='http://127.0.0.1:4444'")
        .contains("export AUDIT_API_KEY='" + secrets.apiKey() + "'")
        .filteredOn(line -> line.startsWith("export "))
        .hasSize(5);
  }
}
