package io.imageaudit.gateway.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A merchant or platform account. */
@Entity
@Table(name = "tenant")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
class Tenant {

  @Id
  @Column(name = "tenant")
  private String id;

  private String name;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "disabled_at")
  private @Nullable Instant disabledAt;

  /** For Hibernate. */
  protected Tenant() {}

  Tenant(String id, String name, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.createdAt = createdAt;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  Instant createdAt() {
    return createdAt;
  }

  boolean isActive() {
    return disabledAt == null;
  }

  void disable(Instant now) {
    disabledAt = now;
  }
}
