package io.imageaudit.worker.policy;

import io.imageaudit.model.Category;
import io.imageaudit.model.ImageRole;
import io.imageaudit.model.TenantId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A policy as its file says it.
 *
 * @param description for people
 * @param checks names of the checks that must look
 * @param missing what a check that could not look means
 * @param categories rules that hold unless a more special one does; a category without one is no
 *     violation
 * @param roles rules for images in this role
 * @param tenants rules for images of this tenant; they go before those of a role
 */
record PolicyDocument(
    @Nullable String description,
    Set<String> checks,
    WhenMissing missing,
    Map<Category, Rule> categories,
    Map<ImageRole, Map<Category, Rule>> roles,
    Map<TenantId, Map<Category, Rule>> tenants) {

  /**
   * Fills in what the file leaves out.
   *
   * @throws IllegalArgumentException when no check is named
   */
  @SuppressWarnings("NullAway") // The reader leaves null what the file leaves out.
  PolicyDocument {
    checks = checks == null ? Set.of() : Set.copyOf(checks);
    missing = missing == null ? WhenMissing.REVIEW : missing;
    categories = categories == null ? Map.of() : Map.copyOf(categories);
    roles = roles == null ? Map.of() : Map.copyOf(roles);
    tenants = tenants == null ? Map.of() : Map.copyOf(tenants);
    if (checks.isEmpty()) {
      throw new IllegalArgumentException("checks: [] (expected: at least one name)");
    }
  }
}
