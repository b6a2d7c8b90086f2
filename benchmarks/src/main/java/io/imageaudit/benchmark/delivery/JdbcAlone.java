package io.imageaudit.benchmark.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes what a delivery leaves in the database, in the same tables and in batches: the event, the
 * delivery and its task; the claim, which reads the body; the attempt and the end; that the end was
 * told. No receiver, no broker, no lanes.
 */
final class JdbcAlone {

  private static final int BATCH = 64;
  private static final int WRITERS = 4;

  private static final String PLAN =
      """
      with e as (
        insert into event (id, audit_id, verdict_seq, tenant, type, verdict, occurred_at, trace_id,
                           request, body)
        select i, i, 1, 'acme', 'image.audit.concluded', 'BLOCK', now(), repeat('a', 32), '{}',
               cast(? as bytea)
          from unnest(cast(? as uuid[])) i
        returning id),
      d as (
        insert into delivery (id, event_id, endpoint_id, tenant, url, created_at)
        select id, id, cast(? as uuid), 'acme', 'http://receiver.example/', now() from e
        returning id)
      insert into task (delivery_id, endpoint_id, audit_id, verdict_seq, next_attempt_at)
      select id, cast(? as uuid), id, 1, now() from d
      """;

  private static final String CLAIM =
      """
      with claimed as (
        update task set claim_id = gen_random_uuid(), attempt = attempt + 1,
                        next_attempt_at = now() + interval '10 seconds'
         where delivery_id = any (cast(? as uuid[]))
        returning delivery_id)
      select d.id, e.body from claimed c join delivery d on d.id = c.delivery_id
        join event e on e.id = d.event_id
      """;

  private static final String SETTLE =
      """
      with a as (
        insert into attempt (delivery_id, number, started_at, millis, address, status)
        select i, 1, now(), 5, '127.0.0.1', 204 from unnest(cast(? as uuid[])) i),
      t as (
        delete from task where delivery_id = any (cast(? as uuid[])))
      update delivery set status = 'DELIVERED', attempts = 1, last_status = 204, ended_at = now(),
                          announce_at = now() + interval '1 day'
       where id = any (cast(? as uuid[]))
      """;

  private static final String ANNOUNCE =
      "update delivery set announced_at = now() where id = any (cast(? as uuid[]))";

  private final JdbcTables tables;
  private final byte[] body;

  JdbcAlone(JdbcTables tables, byte[] body) {
    this.tables = tables;
    this.body = body.clone();
  }

  /** Deliveries per second. */
  double perSecond(int deliveries) throws Exception {
    List<Future<Integer>> writers = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> write(deliveries / WRITERS / BATCH)));
      }
    }
    long written = 0;
    for (Future<Integer> writer : writers) {
      written += writer.get();
    }
    return written / ((System.nanoTime() - start) / 1e9);
  }

  private int write(int batches) throws SQLException {
    UUID endpoint = UUID.randomUUID();
    try (Connection connection = tables.connection();
        PreparedStatement plan = connection.prepareStatement(PLAN);
        PreparedStatement claim = connection.prepareStatement(CLAIM);
        PreparedStatement settle = connection.prepareStatement(SETTLE);
        PreparedStatement announce = connection.prepareStatement(ANNOUNCE)) {
      for (int batch = 0; batch < batches; batch++) {
        Object[] ids = new Object[BATCH];
        for (int i = 0; i < BATCH; i++) {
          ids[i] = UUID.randomUUID();
        }
        var array = connection.createArrayOf("uuid", ids);
        plan.setBytes(1, body);
        plan.setArray(2, array);
        plan.setObject(3, endpoint);
        plan.setObject(4, endpoint);
        plan.executeUpdate();
        claim.setArray(1, array);
        read(claim);
        settle.setArray(1, array);
        settle.setArray(2, array);
        settle.setArray(3, array);
        settle.executeUpdate();
        announce.setArray(1, array);
        announce.executeUpdate();
      }
    }
    return batches * BATCH;
  }

  private static void read(PreparedStatement claim) throws SQLException {
    try (ResultSet rows = claim.executeQuery()) {
      while (rows.next()) {
        rows.getBytes(2);
      }
    }
  }
}
