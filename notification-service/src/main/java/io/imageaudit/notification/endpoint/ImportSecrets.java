package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.HmacKey;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/**
 * Makes each configured key its tenant's first one, at start. A tenant that has one already keeps
 * it: a restart does not bring back a key that was replaced, perhaps because others know it.
 */
final class ImportSecrets implements InitializingBean {

  private static final Logger LOG = LoggerFactory.getLogger(ImportSecrets.class);

  private final Map<TenantId, HmacKey> configured;
  private final RotateSecret rotateSecret;

  ImportSecrets(Map<TenantId, HmacKey> configured, RotateSecret rotateSecret) {
    this.configured = Map.copyOf(configured);
    this.rotateSecret = rotateSecret;
  }

  @Override
  public void afterPropertiesSet() {
    configured.forEach(this::importOne);
  }

  private void importOne(TenantId tenant, HmacKey key) {
    if (rotateSecret.first(SecretOwner.of(tenant), SecretKind.HMAC, key.reveal())) {
      LOG.info("the configured webhook secret of tenant {} was imported", tenant);
    }
  }
}
