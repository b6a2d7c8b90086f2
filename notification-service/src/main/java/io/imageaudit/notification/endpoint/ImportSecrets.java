package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.HmacKey;
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

  private final Map<TenantId, HmacKey> configured;
  private final SigningKeys signingKeys;
  private final RotateSecret rotateSecret;

  ImportSecrets(
      Map<TenantId, HmacKey> configured, SigningKeys signingKeys, RotateSecret rotateSecret) {
    this.configured = Map.copyOf(configured);
    this.signingKeys = signingKeys;
    this.rotateSecret = rotateSecret;
  }

  @Override
  public void afterPropertiesSet() {
    configured.forEach(this::importOne);
  }

  private void importOne(TenantId tenant, HmacKey key) {
    if (signingKeys.isInUse(tenant, key.reveal())) {
      return;
    }
    try {
      rotateSecret.to(SecretOwner.of(tenant), SecretKind.HMAC, key.reveal());
      LOG.info("the configured webhook secret of tenant {} was imported", tenant);
    } catch (DataIntegrityViolationException _) {
      LOG.info("another replica imports the webhook secret of tenant {}", tenant);
    }
  }
}
