package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives a tenant a new signing key; the old one goes on signing beside it for a while. */
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
   * Makes {@code key} the current one.
   *
   * @return identity of the stored key
   * @throws org.springframework.dao.DataIntegrityViolationException when somebody else gave the
   *     tenant a key at the same moment
   */
  UUID to(TenantId tenant, SigningKey key) {
    UUID id = UUID.randomUUID();
    Instant now = clock.instant();
    transaction.executeWithoutResult(_ -> {
      secrets.retireCurrent(tenant.value(), now.plus(grace));
      secrets.saveAndFlush(new StoredSecret(id, tenant, box.seal(id, key.reveal()), now));
    });
    return id;
  }
}
