package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.SigningKey;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Makes each configured key its tenant's current one, at start. A key that already signs is left
 * alone, so that a restart does not undo a rotation.
 */
final class ImportSecrets implements InitializingBean {

  private static final Logger LOG = LoggerFactory.getLogger(ImportSecrets.class);

  private final Map<TenantId, SigningKey> configured;
  private final SigningKeys signingKeys;
  private final RotateSecret rotateSecret;

  ImportSecrets(
      Map<TenantId, SigningKey> configured, SigningKeys signingKeys, RotateSecret rotateSecret) {
    this.configured = Map.copyOf(configured);
    this.signingKeys = signingKeys;
    this.rotateSecret = rotateSecret;
  }

  @Override
  public void afterPropertiesSet() {
    configured.forEach(this::importOne);
  }

  private void importOne(TenantId tenant, SigningKey key) {
    List<SigningKey> stored = signingKeys.stored(tenant);
    if (stored.stream().anyMatch(known -> known.reveal().equals(key.reveal()))) {
      return;
    }
    try {
      rotateSecret.to(tenant, key);
      LOG.info("the configured webhook secret of tenant {} was imported", tenant);
    } catch (DataIntegrityViolationException _) {
      LOG.info("another replica imports the webhook secret of tenant {}", tenant);
    }
  }
}
