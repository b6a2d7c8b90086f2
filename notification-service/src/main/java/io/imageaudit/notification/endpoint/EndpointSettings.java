package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for tenants' receivers.
 *
 * @param verifiedTenants tenants whose subscribed receivers are told nothing until they have
 *     answered a challenge
 */
@ConfigurationProperties("image-audit.endpoints")
record EndpointSettings(@DefaultValue Set<String> verifiedTenants) {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException when one cannot name a tenant
   */
  EndpointSettings {
    verifiedTenants = Set.copyOf(verifiedTenants);
    verifiedTenants.forEach(TenantId::new);
  }

  boolean mustVerify(TenantId tenant) {
    return verifiedTenants.contains(tenant.value());
  }
}
