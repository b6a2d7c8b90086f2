package io.imageaudit.intake.archive;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long images are kept after their last audit.
 *
 * @param age of every tenant that has none of its own
 * @param tenants ages of single tenants, by tenant
 * @param orphanAge of content that never became an image: uploads whose audit was never announced,
 *     or whose bytes were refused
 */
@ConfigurationProperties("image-audit.retention")
record RetentionSettings(
    @DefaultValue("30d") Duration age,
    @DefaultValue Map<String, Duration> tenants,
    @DefaultValue("1d") Duration orphanAge) {

  /**
   * Checks the ages.
   *
   * @throws IllegalArgumentException when one is not positive
   */
  RetentionSettings {
    tenants = Map.copyOf(tenants);
    positive("age", age);
    positive("orphan-age", orphanAge);
    tenants.forEach((tenant, own) -> positive("tenants." + tenant, own));
  }

  private static void positive(String field, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(field + ": " + value + " (expected: > 0)");
    }
  }
}
