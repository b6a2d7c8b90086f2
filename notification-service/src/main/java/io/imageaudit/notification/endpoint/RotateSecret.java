package io.imageaudit.notification.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives an owner a new secret; the old one of its kind goes on signing beside it for a while. That
 * of the tenant is the old one of a receiver that had none of its own.
 */
final class RotateSecret {

  private final StoredSecrets secrets;
  private final SecretBox box;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final Duration grace;

  RotateSecret(
      StoredSecrets secrets,
      SecretBox box,
      TransactionTemplate transaction,
      InstantSource clock,
      Duration grace) {
    this.secrets = secrets;
    this.box = box;
    this.transaction = transaction;
    this.clock = clock;
    this.grace = grace;
  }

  /**
   * Makes {@code text} the current one.
   *
   * @return identity of the stored secret
   * @throws DataIntegrityViolationException when somebody else gave the owner one at the same
   *     moment
   */
  UUID to(SecretOwner owner, SecretKind kind, String text) {
    return to(owner, kind, text, grace);
  }

  /**
   * Makes {@code text} the current one; the old one signs on for a time of its own.
   *
   * @param overlap how long
   * @return identity of the stored secret
   * @throws DataIntegrityViolationException when somebody else gave the owner one at the same
   *     moment
   */
  UUID to(SecretOwner owner, SecretKind kind, String text, Duration overlap) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    Instant end = now.plus(overlap);
    transaction.executeWithoutResult(_ -> {
      String tenant = owner.tenant().value();
      boolean replaced = secrets.retireCurrent(tenant, owner.endpoint(), kind, end) > 0;
      if (!replaced && owner.endpoint() != null && overlap.isPositive()) {
        keepTenants(owner, kind, now, end);
      }
      insert(id, owner, kind, text, now);
    });
    return id;
  }

  /** Until now the tenant's own ones signed for this receiver, which may know no other yet. */
  private void keepTenants(SecretOwner receiver, SecretKind kind, Instant now, Instant end) {
    SecretOwner tenant = SecretOwner.of(receiver.tenant());
    secrets.inUse(receiver.tenant().value(), now).stream()
        .filter(one -> one.kind() == kind && one.owner().equals(tenant))
        .forEach(one -> {
          UUID copy = UUID.randomUUID();
          byte[] sealed = box.seal(copy, box.open(one.id(), one.sealed()));
          secrets.saveAndFlush(one.replacedOneOf(receiver, copy, sealed, end));
        });
  }

  /**
   * Gives an owner its first one, and does nothing when it has one: that may be known already to
   * those who verify.
   *
   * @return whether it was given
   */
  boolean first(SecretOwner owner, SecretKind kind, String text) {
    try {
      return Boolean.TRUE.equals(transaction.execute(_ -> firstWithin(owner, kind, text)));
    } catch (DataIntegrityViolationException _) {
      return false; // Somebody else gave it one at this moment.
    }
  }

  private boolean firstWithin(SecretOwner owner, SecretKind kind, String text) {
    boolean isFirst = secrets.countCurrent(owner.tenant().value(), owner.endpoint(), kind) == 0;
    if (isFirst) {
      insert(UUID.randomUUID(), owner, kind, text, clock.instant());
    }
    return isFirst;
  }

  private void insert(UUID id, SecretOwner owner, SecretKind kind, String text, Instant now) {
    secrets.saveAndFlush(new StoredSecret(id, owner, kind, box.seal(id, text), now));
  }
}
