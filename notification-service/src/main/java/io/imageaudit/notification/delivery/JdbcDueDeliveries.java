package io.imageaudit.notification.delivery;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.endpoint.MessageForm;
import io.imageaudit.notification.endpoint.SendingStyle;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The queue in PostgreSQL. It goes round the tenants, picks some endpoints of each, then a few rows
 * of each endpoint, so that a backlog of one delays no other. All times are the database's.
 *
 * <p>Locks are taken in one order everywhere: tasks (skipping those that are locked), then lanes by
 * identity (or skipping those that are locked).
 */
final class JdbcDueDeliveries implements DueDeliveries {

  private static final int MOST_TENANTS = 16;
  private static final int MOST_LANES = 64;
  private static final int MOST_PER_LANE = 8;
  private static final int MOST_SKIPPED = 1000;

  /** Sorts behind each tenant's name. */
  private static final String BEHIND_ALL = "~";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Duration lease;

  /** Where the round of tenants has come to; the next claim goes on behind it. */
  private volatile String lastTenant = "";

  JdbcDueDeliveries(JdbcClient jdbc, TransactionTemplate transaction, Duration lease) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.lease = lease;
  }

  /** A queue that is ours for this transaction. */
  private record JdbcLane(UUID id, String tenant) {}

  @Override
  public List<Claim> claim(int most, Set<TenantId> busy) {
    return Objects.requireNonNull(transaction.execute(_ -> claimWithin(most, busy)));
  }

  private List<Claim> claimWithin(int most, Set<TenantId> busy) {
    List<JdbcLane> lanes = lockLanes(busy);
    lastTenant = lastOfRound(lanes);
    if (lanes.isEmpty()) {
      return List.of();
    }
    jdbc.sql(JdbcQueueSql.WITHOUT_WAITING_FOR_DISK).update();
    List<Claim> claims =
        jdbc.sql(JdbcQueueSql.CLAIM)
            .param("lanes", JdbcArrays.texts(lanes, JdbcLane::id))
            .param("per_lane", MOST_PER_LANE)
            .param("most", most)
            .param("lease", lease.toString())
            .query(JdbcDueDeliveries::claimOf)
            .list();
    Map<UUID, Long> counts =
        claims.stream().collect(Collectors.groupingBy(Claim::endpointId, Collectors.counting()));
    jdbc.sql(JdbcQueueSql.POINT)
        .param("lanes", JdbcArrays.texts(lanes, JdbcLane::id))
        .param("spent", JdbcArrays.texts(lanes, lane -> counts.getOrDefault(lane.id(), 0L)))
        .update();
    return claims;
  }

  /** Goes on behind the tenant of the last claim; begins anew at the first one. */
  private List<JdbcLane> lockLanes(Set<TenantId> busy) {
    List<JdbcLane> lanes = new ArrayList<>(lockLanes(lastTenant, BEHIND_ALL, busy));
    if (lanes.size() < MOST_LANES / 2 && !lastTenant.isEmpty()) {
      lanes.addAll(lockLanes("", lastTenant, busy));
    }
    return lanes;
  }

  /** Nobody is behind the last one when there were few: the next look is a single one. */
  private static String lastOfRound(List<JdbcLane> lanes) {
    long tenants = lanes.stream().map(JdbcLane::tenant).distinct().count();
    return tenants < MOST_TENANTS ? "" : lanes.getLast().tenant();
  }

  private List<JdbcLane> lockLanes(String after, String last, Set<TenantId> busy) {
    return jdbc.sql(JdbcQueueSql.LOCK_LANES)
        .param("after", after)
        .param("last", last)
        .param("busy", JdbcArrays.texts(busy, tenant -> tenant))
        .param("tenants", MOST_TENANTS)
        .param("lanes", MOST_LANES)
        .query((row, _) -> new JdbcLane(row.getObject(1, UUID.class), row.getString(2)))
        .list();
  }

  private static Claim claimOf(ResultSet row, int index) throws SQLException {
    return new Claim(
        row.getObject("claim_id", UUID.class),
        row.getObject("delivery_id", UUID.class),
        row.getObject("endpoint_id", UUID.class),
        row.getObject("event_id", UUID.class),
        new TenantId(row.getString("tenant")),
        new AuditId(row.getObject("audit_id", UUID.class)),
        row.getInt("verdict_seq"),
        URI.create(row.getString("url")),
        row.getInt("attempt"),
        row.getTimestamp("occurred_at").toInstant(),
        row.getString("trace_id"),
        row.getBytes("body"),
        row.getInt("attempt") - row.getInt("attempts_before"),
        new SendingStyle(
            row.getObject("endpoint_id", UUID.class),
            MessageForm.valueOf(row.getString("form")),
            row.getBoolean("ed25519"),
            row.getString("checksum_uid")));
  }

  @Override
  public Set<UUID> renew(List<Claim> claims) {
    return jdbc.sql(JdbcQueueSql.RENEW)
        .param("lease", lease.toString())
        .param("deliveries", JdbcArrays.texts(claims, Claim::deliveryId))
        .param("claims", JdbcArrays.texts(claims, Claim::claimId))
        .query((row, _) -> row.getObject(1, UUID.class))
        .set();
  }

  @Override
  public int sweep() {
    return jdbc.sql(JdbcQueueSql.SWEEP).update();
  }

  @Override
  public Backlog backlog() {
    return jdbc.sql(JdbcQueueSql.BACKLOG)
        .query((row, _) ->
            new Backlog(
                row.getLong("due"), Duration.ofMillis(Math.round(row.getDouble("seconds") * 1000))))
        .single();
  }

  @Override
  public int skipHalted() {
    return jdbc.sql(JdbcQueueSql.SKIP_HALTED).param("most", MOST_SKIPPED).update();
  }
}
