package io.imageaudit.gateway.access;

import io.imageaudit.model.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An API key as we keep it: without its secret. */
@Entity
@Table(name = "api_key")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class ApiKey {

  @Id
  @Column(name = "key_id")
  private String id;

  private String tenant;

  @Column(name = "secret_sha256")
  private byte[] secretDigest;

  private String scopes;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private @Nullable Instant expiresAt;

  @Column(name = "revoked_at")
  private @Nullable Instant revokedAt;

  /** For Hibernate. */
  protected ApiKey() {}

  ApiKey(
      ApiKeyText key,
      TenantId tenant,
      Set<Scope> scopes,
      Instant createdAt,
      @Nullable Instant expiresAt) {
    this.id = key.id();
    this.tenant = tenant.value();
    this.secretDigest = key.digest();
    this.scopes = scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(" "));
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }

  String id() {
    return id;
  }

  TenantId tenant() {
    return new TenantId(tenant);
  }

  byte[] secretDigest() {
    return secretDigest.clone();
  }

  Set<Scope> scopes() {
    return Arrays.stream(scopes.split(" "))
        .map(Scope::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
  }

  Instant createdAt() {
    return createdAt;
  }

  @Nullable Instant expiresAt() {
    return expiresAt;
  }

  boolean isLive(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  void revoke(Instant now) {
    if (revokedAt == null) {
      revokedAt = now;
    }
  }
}
