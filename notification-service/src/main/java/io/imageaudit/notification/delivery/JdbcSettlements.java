package io.imageaudit.notification.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes what came of attempts to PostgreSQL, a batch in one transaction. */
final class JdbcSettlements implements Settlements {

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final FlowSettings flowSettings;

  JdbcSettlements(JdbcClient jdbc, TransactionTemplate transaction, FlowSettings flowSettings) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.flowSettings = flowSettings;
  }

  /** How an endpoint is treated from now on. */
  private record JdbcFlow(UUID lane, LaneFlow flow, @Nullable String disabled) {}

  @Override
  public List<UUID> settle(List<Settlement> settlements) {
    return Objects.requireNonNull(transaction.execute(_ -> settleWithin(settlements)));
  }

  @Override
  public void putOff(Claim claim) {
    jdbc.sql(JdbcSettleSql.PUT_OFF)
        .param("number", claim.attempt())
        .param("delivery", claim.deliveryId())
        .param("claim", claim.claimId())
        .update();
  }

  private List<UUID> settleWithin(List<Settlement> settlements) {
    Set<UUID> ours = settleOurs(settlements);
    List<Settlement> settled =
        settlements.stream().filter(one -> ours.contains(one.claim().claimId())).toList();
    if (!settled.isEmpty()) {
      supersede(settled.stream().filter(JdbcSettlements::isDelivered).toList());
      updateFlows(settled);
    }
    return settled.stream()
        .filter(one -> JdbcOutcomes.status(one.outcome()) != DeliveryStatus.PENDING)
        .map(one -> one.claim().deliveryId())
        .toList();
  }

  /** The claims that were still ours. */
  private Set<UUID> settleOurs(List<Settlement> all) {
    return new HashSet<>(
        jdbc.sql(JdbcSettleSql.SETTLE)
            .param("deliveries", JdbcArrays.texts(all, one -> one.claim().deliveryId()))
            .param("claims", JdbcArrays.texts(all, one -> one.claim().claimId()))
            .param("numbers", JdbcArrays.texts(all, one -> one.claim().attempt()))
            .param("started", JdbcArrays.texts(all, one -> one.log().startedAt()))
            .param("millis", JdbcArrays.texts(all, one -> one.log().took().toMillis()))
            .param("addresses", JdbcArrays.texts(all, one -> one.log().address()))
            .param("statuses", JdbcArrays.texts(all, one -> one.log().status()))
            .param("faults", JdbcArrays.texts(all, one -> one.log().fault()))
            .param("details", JdbcArrays.texts(all, one -> one.log().detail()))
            .param("excerpts", JdbcArrays.texts(all, one -> one.log().excerpt()))
            .param("outcomes", JdbcArrays.texts(all, one -> JdbcOutcomes.nameOf(one.outcome())))
            .param("pauses", JdbcArrays.texts(all, one -> JdbcOutcomes.pauseOf(one.outcome())))
            .query((row, _) -> row.getObject(1, UUID.class))
            .list());
  }

  private void supersede(List<Settlement> delivered) {
    List<Settlement> newer =
        delivered.stream().filter(one -> one.claim().verdictSeq() > 1).toList();
    if (!newer.isEmpty()) {
      jdbc.sql(JdbcSettleSql.SUPERSEDE)
          .param("lanes", JdbcArrays.texts(newer, one -> one.claim().endpointId()))
          .param("audits", JdbcArrays.texts(newer, one -> one.claim().auditId()))
          .param("seqs", JdbcArrays.texts(newer, one -> one.claim().verdictSeq()))
          .update();
    }
  }

  private void updateFlows(List<Settlement> settled) {
    Map<UUID, List<Settlement>> byLane =
        settled.stream().collect(Collectors.groupingBy(one -> one.claim().endpointId()));
    List<JdbcFlow> flows =
        jdbc.sql(JdbcSettleSql.LOCK_FLOWS)
            .param("lanes", JdbcArrays.texts(byLane.keySet(), id -> id))
            .query((row, _) -> flowAfter(row, byLane))
            .list();
    var lanes = JdbcArrays.texts(flows, JdbcFlow::lane);
    jdbc.sql(JdbcSettleSql.UPDATE_FLOWS)
        .param("lanes", lanes)
        .param("limits", JdbcArrays.texts(flows, one -> one.flow().limit()))
        .param("starts", JdbcArrays.texts(flows, one -> one.flow().windowStart()))
        .param("calls", JdbcArrays.texts(flows, one -> one.flow().calls()))
        .param("failures", JdbcArrays.texts(flows, one -> one.flow().failures()))
        .param("timeouts", JdbcArrays.texts(flows, one -> one.flow().timeouts()))
        .param("opens", JdbcArrays.texts(flows, one -> one.flow().opens()))
        .param("blocked", JdbcArrays.texts(flows, one -> one.flow().blockedUntil()))
        .param("failing", JdbcArrays.texts(flows, one -> one.flow().failingSince()))
        .param("failed", JdbcArrays.texts(flows, one -> one.flow().lastFailure()))
        .update();
    disable(flows.stream().filter(one -> one.disabled() != null).toList());
  }

  private JdbcFlow flowAfter(ResultSet row, Map<UUID, List<Settlement>> byLane)
      throws SQLException {
    UUID lane = row.getObject("endpoint_id", UUID.class);
    Instant now = row.getTimestamp("now").toInstant();
    List<Settlement> settled = byLane.getOrDefault(lane, List.of());
    LaneFlow flow =
        flowOf(row).after(settled.stream().map(Settlement::signal).toList(), now, flowSettings);
    boolean gone = settled.stream().anyMatch(JdbcSettlements::saysGone);
    String disabled = gone ? "GONE" : flow.isHopeless(now, flowSettings) ? "FAILING" : null;
    return new JdbcFlow(lane, flow, disabled);
  }

  private static LaneFlow flowOf(ResultSet row) throws SQLException {
    return new LaneFlow(
        row.getDouble("in_flight_limit"),
        instant(row, "window_start"),
        row.getInt("window_calls"),
        row.getInt("window_failures"),
        row.getInt("timeouts"),
        row.getInt("opens"),
        instant(row, "blocked_until"),
        instantOrNull(row, "failing_since"),
        instantOrNull(row, "last_failed_at"));
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column) == null ? null : instant(row, column);
  }

  /** PostgreSQL's minus infinity, which a fresh lane has, is long ago. */
  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time.isBefore(OffsetDateTime.MIN.plusYears(1)) ? Instant.EPOCH : time.toInstant();
  }

  private void disable(List<JdbcFlow> hopeless) {
    if (!hopeless.isEmpty()) {
      var lanes = JdbcArrays.texts(hopeless, JdbcFlow::lane);
      jdbc.sql(JdbcSettleSql.HALT).param("lanes", lanes).update();
      jdbc.sql(JdbcSettleSql.DISABLE)
          .param("lanes", lanes)
          .param("reasons", JdbcArrays.texts(hopeless, JdbcFlow::disabled))
          .update();
    }
  }

  private static boolean saysGone(Settlement settlement) {
    return settlement.outcome() instanceof DeliveryOutcome.GivenUp end
        && end.reason() == DeliveryOutcome.Reason.GONE;
  }

  private static boolean isDelivered(Settlement settlement) {
    return settlement.outcome() instanceof DeliveryOutcome.Delivered;
  }
}
