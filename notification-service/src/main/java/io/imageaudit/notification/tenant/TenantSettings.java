package io.imageaudit.notification.tenant;

import io.imageaudit.model.TenantId;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rules of tenants from the start; what is stored for a tenant counts more.
 *
 * @param tenants rules by the tenants' names
 */
@ConfigurationProperties("image-audit.delivery")
record TenantSettings(@DefaultValue Map<String, TenantRules> tenants) {

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException when one cannot name a tenant
   */
  TenantSettings {
    tenants = Map.copyOf(tenants);
    tenants.keySet().forEach(TenantId::new);
  }

  TenantRules of(TenantId tenant) {
    return tenants.getOrDefault(tenant.value(), TenantRules.NONE);
  }
}
