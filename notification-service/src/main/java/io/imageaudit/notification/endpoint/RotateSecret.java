package io.imageaudit.notification.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives an owner a new secret; the old one of its kind goes on signing beside it for a while. */
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
   * @throws org.springframework.dao.DataIntegrityViolationException when somebody else gave the
   *     owner one at the same moment
   */
  UUID to(SecretOwner owner, SecretKind kind, String text) {
    return to(owner, kind, text, grace);
  }

  /**
   * Makes {@code text} the current one; the old one signs on for a time of its own.
   *
   * @param overlap how long
   * @return identity of the stored secret
   * @throws org.springframework.dao.DataIntegrityViolationException when somebody else gave the
   *     owner one at the same moment
   */
  UUID to(SecretOwner owner, SecretKind kind, String text, Duration overlap) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    transaction.executeWithoutResult(_ -> {
      secrets.retireCurrent(owner.tenant().value(), owner.endpoint(), kind, now.plus(overlap));
      secrets.saveAndFlush(new StoredSecret(id, owner, kind, box.seal(id, text), now));
    });
    return id;
  }
}
