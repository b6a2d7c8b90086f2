package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.context.TestPropertySource;

/** What one round of the sweepers gets done. */
@GatewayTest
@TestPropertySource(
    properties = {
      "image-audit.deadline.interval=12h",
      "image-audit.submit.sweep-interval=12h",
    })
class SweepIT {

  private static final int MANY = 450;

  private final JdbcClient database;
  private final ScheduledTaskHolder tasks;

  SweepIT(JdbcClient database, ScheduledTaskHolder tasks) {
    this.database = database;
    this.tasks = tasks;
  }

  @Test
  void every_overdue_audit_is_ended() {
    insertAudits("now() - interval '1 hour'");
    round("ExpireOverdue");
    assertThat(count("select count(*) from audit where deadline < now() and expire_after is null"))
        .isZero();
  }

  @Test
  void every_audit_that_stayed_queued_is_announced_and_every_expired_key_forgotten() {
    insertAudits("now() + interval '1 hour'");
    database
        .sql(
            """
            insert into idempotency_key (tenant, key, content, audit_id, expires_at)
            select 'acme', n::text, repeat('0', 64), gen_random_uuid(), now() - interval '1 hour'
              from generate_series(1, ?) as n
            """)
        .param(MANY)
        .update();
    round("AnnounceQueued");
    assertThat(count("select count(*) from audit where deadline > now() and announcements = 0"))
        .isZero();
    assertThat(count("select count(*) from idempotency_key")).isZero();
  }

  private void insertAudits(String deadline) {
    database
        .sql(
            """
            insert into audit (audit_id, tenant, status, created_at, deadline, announce_after,
                               submitted)
            select id, 'acme', 'QUEUED', now() - interval '2 hours', %s, now(),
                   format(
                       '{"audit_id": "%%s",
                         "image": {"kind": "url", "url": "https://shop.example/s.jpg"},
                         "request": {"tenant": "acme", "strategy": "default", "priority": "bulk",
                                     "trace_id": "0af7651916cd43dd8448eb211c80319c",
                                     "submitted_at": "2026-01-01T00:00:00Z",
                                     "deadline": "2026-01-01T00:01:00Z"}}',
                       id)
              from (select gen_random_uuid() as id from generate_series(1, ?)) as ids
            """
                .formatted(deadline))
        .param(MANY)
        .update();
  }

  private void round(String sweeper) {
    tasks.getScheduledTasks().stream()
        .map(task -> task.getTask())
        .filter(task -> task.toString().contains(sweeper))
        .forEach(task -> task.getRunnable().run());
  }

  private int count(String question) {
    return database.sql(question).query(Integer.class).single();
  }
}
