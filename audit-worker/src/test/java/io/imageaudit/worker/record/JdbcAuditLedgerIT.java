package io.imageaudit.worker.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.AuditStatus;
import io.imageaudit.model.PolicyRef;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import io.imageaudit.model.VerdictSource;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.test.RealPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Records in a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcAuditLedgerIT {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final HikariDataSource database = database();
  private final AuditLedger ledger =
      new JdbcAuditLedger(
          JdbcClient.create(database),
          new TransactionTemplate(new JdbcTransactionManager(database)),
          Duration.ofHours(1));

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void whatever_is_recorded_twice_in_one_call_is_said_as_it_is_stored() {
    List<AuditRecord> entries = new ArrayList<>();
    for (int audit = 0; audit < 100; audit++) {
      AuditId id = new AuditId(UUID.randomUUID());
      for (int time = 0; time < 3; time++) {
        entries.add(new AuditRecord(concluded(id, NOW.plusMillis(entries.size())), null, null));
      }
    }
    List<AuditConcluded> said = ledger.recordAll(entries);
    assertThat(said).hasSameSizeAs(entries);
    for (AuditConcluded each : said) {
      assertThat(ledger.find(each.auditId(), 1)).contains(each);
    }
  }

  @Test
  void a_verdict_that_is_stored_already_is_said_again_instead_of_another() {
    AuditId id = new AuditId(UUID.randomUUID());
    AuditConcluded first = concluded(id, NOW);
    ledger.recordAll(List.of(new AuditRecord(first, null, null)));
    AuditConcluded later = concluded(id, NOW.plusSeconds(5));
    assertThat(ledger.recordAll(List.of(new AuditRecord(later, null, null))))
        .containsExactly(first);
  }

  private static AuditConcluded concluded(AuditId id, Instant at) {
    AuditRequest request =
        new AuditRequest(
            new TenantId("acme"),
            "sku-1",
            null,
            "default",
            null,
            Priority.INTERACTIVE,
            "0af7651916cd43dd8448eb211c80319c",
            NOW,
            NOW.plusSeconds(60));
    return new AuditConcluded(
        id,
        request,
        1,
        AuditStatus.COMPLETED,
        Verdict.PASS,
        VerdictSource.MACHINE,
        List.of(),
        false,
        List.of(),
        new PolicyRef("default", "v1"),
        null,
        null,
        at,
        null,
        null);
  }

  private static HikariDataSource database() {
    RealPostgres.Database own = RealPostgres.newDatabase();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(own.url());
    config.setUsername(own.user());
    config.setPassword(own.password());
    HikariDataSource database = new HikariDataSource(config);
    Flyway.configure().dataSource(database).load().migrate();
    return database;
  }
}
