package io.imageaudit.notification.delivery;

import io.imageaudit.model.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays in PostgreSQL. */
final class JdbcReplays implements Replays {

  private static final int AT_A_TIME = 100;
  private static final int MOST_WAITING = 1000;
  private static final int MOST_COUNTED = 100_000;
  private static final UUID FIRST = new UUID(0, 0);

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Duration interval;

  /**
   * Makes them.
   *
   * @param interval shortest pause between two steps of one replay
   */
  JdbcReplays(JdbcClient jdbc, TransactionTemplate transaction, Duration interval) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.interval = interval;
  }

  /** A replay and the place that it has come to. */
  private record JdbcRunning(UUID id, Wish wish, OffsetDateTime at, UUID cursor) {}

  /** A place in the deliveries, in order of planning. */
  private record JdbcPlace(UUID id, OffsetDateTime at) {}

  @Override
  public long count(Wish wish) {
    return wanted(jdbc.sql(JdbcReplaySql.count(wish)), wish)
        .param("most", MOST_COUNTED)
        .query(Long.class)
        .single();
  }

  @Override
  public Progress start(Wish wish) {
    UUID id = UUID.randomUUID();
    long total = count(wish);
    wanted(jdbc.sql(JdbcReplaySql.CREATE), wish).param("id", id).param("total", total).update();
    return new Progress(id, "RUNNING", total, 0);
  }

  @Override
  public boolean cancel(TenantId tenant, UUID replay) {
    return jdbc.sql(JdbcReplaySql.CANCEL)
            .param("tenant", tenant.value())
            .param("id", replay)
            .update()
        == 1;
  }

  @Override
  public Optional<Progress> find(TenantId tenant, UUID replay) {
    return jdbc.sql("select id, state, total, done from replay where tenant = ? and id = ?")
        .params(tenant.value(), replay)
        .query((row, _) ->
            new Progress(
                row.getObject("id", UUID.class),
                row.getString("state"),
                row.getLong("total"),
                row.getLong("done")))
        .optional();
  }

  @Override
  public int advance() {
    return Objects.requireNonNull(
        transaction.execute(_ ->
            jdbc.sql(JdbcReplaySql.LOCK_ONE)
                .param("interval", interval.toString())
                .param("backlog", MOST_WAITING)
                .query(JdbcReplays::running)
                .optional()
                .map(this::advance)
                .orElse(0)));
  }

  private int advance(JdbcRunning replay) {
    List<JdbcPlace> next =
        wanted(jdbc.sql(JdbcReplaySql.next(replay.wish())), replay.wish())
            .param("after_at", replay.at())
            .param("after_id", replay.cursor())
            .param("limit", AT_A_TIME)
            .query((row, _) ->
                new JdbcPlace(
                    row.getObject("id", UUID.class),
                    row.getObject("created_at", OffsetDateTime.class)))
            .list();
    if (!next.isEmpty()) {
      var ids = JdbcArrays.texts(next, JdbcPlace::id);
      jdbc.sql(JdbcReplaySql.LOCK_TASKS).param("ids", ids).query().listOfRows();
      jdbc.sql(JdbcReplaySql.REQUEUE).param("ids", ids).update();
      jdbc.sql(JdbcReplaySql.WAKE).param("ids", ids).update();
    }
    @Nullable JdbcPlace last = next.isEmpty() ? null : next.getLast();
    jdbc.sql(JdbcReplaySql.ADVANCE)
        .param("id", replay.id())
        .param("done", next.size())
        .param("at", last == null ? null : last.at(), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
        .param("cursor", last == null ? null : last.id().toString())
        .param("ended", next.size() < AT_A_TIME)
        .update();
    return next.size();
  }

  private static JdbcClient.StatementSpec wanted(JdbcClient.StatementSpec statement, Wish wish) {
    return statement
        .param("tenant", wish.tenant().value())
        .param("from", at(wish.from()))
        .param("to", at(wish.to()))
        .param("endpoint", wish.endpointId() == null ? null : wish.endpointId().toString())
        .param("missed", wish.missed());
  }

  private static JdbcRunning running(ResultSet row, int index) throws SQLException {
    Timestamp from = row.getTimestamp("from_at");
    Timestamp to = row.getTimestamp("to_at");
    UUID cursor = row.getObject("cursor_id", UUID.class);
    Wish wish =
        new Wish(
            new TenantId(row.getString("tenant")),
            from.toInstant(),
            to.toInstant(),
            row.getObject("endpoint_id", UUID.class),
            row.getBoolean("missed"));
    return new JdbcRunning(
        row.getObject("id", UUID.class),
        wish,
        row.getObject("cursor_at", OffsetDateTime.class),
        cursor == null ? FIRST : cursor);
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
