package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A secret at rest. The one of its kind that does not expire is its owner's current one. */
@Entity
@Table(name = "signing_secret")
class StoredSecret {

  @Id private UUID id;

  @Column(nullable = false, updatable = false)
  private String tenant;

  @Column(name = "endpoint_id", updatable = false)
  private @Nullable UUID endpointId;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false, updatable = false)
  private SecretKind kind;

  @Column(nullable = false, updatable = false)
  private byte[] sealed;

  @Column(name = "created_at", nullable = false, updatable = false)
  private Instant createdAt;

  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
  protected StoredSecret() {}

  StoredSecret(UUID id, SecretOwner owner, SecretKind kind, byte[] sealed, Instant createdAt) {
    this.id = id;
    this.tenant = owner.tenant().value();
    this.endpointId = owner.endpoint();
    this.kind = kind;
    this.sealed = sealed.clone();
    this.createdAt = createdAt;
  }

  /** The same secret for another owner, who has it as a replaced one. */
  StoredSecret replacedOneOf(SecretOwner other, UUID copy, byte[] sealedAgain, Instant end) {
    StoredSecret replaced = new StoredSecret(copy, other, kind, sealedAgain, createdAt);
    replaced.expiresAt = expiresAt == null || end.isBefore(expiresAt) ? end : expiresAt;
    return replaced;
  }

  UUID id() {
    return id;
  }

  SecretOwner owner() {
    return new SecretOwner(new TenantId(tenant), endpointId);
  }

  SecretKind kind() {
    return kind;
  }

  Instant createdAt() {
    return createdAt;
  }

  @Nullable Instant expiresAt() {
    return expiresAt;
  }

  byte[] sealed() {
    return sealed.clone();
  }
}
