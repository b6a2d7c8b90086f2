package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A signing key at rest. The one that does not expire is the tenant's current one. */
@Entity
@Table(name = "signing_secret")
class StoredSecret {

  @Id private UUID id;

  @Column(nullable = false, updatable = false)
  private String tenant;

  @Column(nullable = false, updatable = false)
  private byte[] sealed;

  @Column(name = "created_at", nullable = false, updatable = false)
  private Instant createdAt;

  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
  protected StoredSecret() {}

  StoredSecret(UUID id, TenantId tenant, byte[] sealed, Instant createdAt) {
    this.id = id;
    this.tenant = tenant.value();
    this.sealed = sealed.clone();
    this.createdAt = createdAt;
  }

  UUID id() {
    return id;
  }

  byte[] sealed() {
    return sealed.clone();
  }
}
