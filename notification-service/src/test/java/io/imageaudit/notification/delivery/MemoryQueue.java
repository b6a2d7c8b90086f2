package io.imageaudit.notification.delivery;

import io.imageaudit.model.AuditId;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.endpoint.MessageForm;
import io.imageaudit.notification.endpoint.SendingStyle;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessResourceFailureException;

/** A queue in memory that can be away, and that remembers what it was asked. */
class MemoryQueue implements DueDeliveries, Settlements {

  final LinkedBlockingQueue<Claim> due = new LinkedBlockingQueue<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<List<Claim>> renewed = new CopyOnWriteArrayList<>();
  final List<UUID> settled = new CopyOnWriteArrayList<>();
  final List<UUID> putOff = new CopyOnWriteArrayList<>();
  final Set<UUID> unwritable = ConcurrentHashMap.newKeySet();

  volatile boolean away;

  Claim plan() {
    Claim claim = claim();
    due.add(claim);
    return claim;
  }

  static Claim claim() {
    UUID endpoint = UUID.randomUUID();
    return new Claim(
        UUID.randomUUID(),
        UUID.randomUUID(),
        endpoint,
        UUID.randomUUID(),
        new TenantId("acme"),
        new AuditId(UUID.randomUUID()),
        1,
        URI.create("http://receiver.example/"),
        1,
        Instant.EPOCH,
        "0123456789abcdef0123456789abcdef",
        "{}".getBytes(StandardCharsets.UTF_8),
        1,
        new SendingStyle(endpoint, MessageForm.STANDARD, false, null));
  }

  private void call(String what) {
    calls.add(away ? what + " in vain" : what);
    if (away) {
      throw new DataAccessResourceFailureException("away");
    }
  }

  @Override
  public List<Claim> claim(int most, Set<TenantId> busy) {
    call("claim");
    List<Claim> claims = new ArrayList<>();
    due.drainTo(claims, most);
    return claims;
  }

  @Override
  public Set<UUID> renew(List<Claim> claims) {
    call("renew");
    renewed.add(claims);
    return claims.stream().map(Claim::claimId).collect(Collectors.toSet());
  }

  @Override
  public List<UUID> settle(List<Settlement> settlements) {
    call("settle");
    List<UUID> ids = settlements.stream().map(one -> one.claim().deliveryId()).toList();
    if (ids.stream().anyMatch(unwritable::contains)) {
      throw new IllegalStateException("cannot be written");
    }
    settled.addAll(ids);
    return ids;
  }

  @Override
  public void putOff(Claim claim) {
    call("put off");
    putOff.add(claim.deliveryId());
  }

  @Override
  public int sweep() {
    return 0;
  }

  @Override
  public Backlog backlog() {
    return Backlog.NONE;
  }

  @Override
  public int skipHalted() {
    return 0;
  }
}
