package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.model.Verdict;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tenant's receiver: subscribed by the tenant, or named by an audit as its callback. */
@Entity
@Table(name = "endpoint")
class Endpoint {

  /** Whether it is told anything. */
  enum State {
    /** It is. */
    ACTIVE,
    /** What it would be told is kept as skipped and can be replayed. */
    DISABLED
  }

  @Id private UUID id;

  @Column(nullable = false, updatable = false)
  private String tenant;

  @Column(nullable = false, updatable = false)
  private String url;

  private boolean subscribed;

  @Column(name = "event_types", nullable = false)
  private String[] eventTypes = {};

  @Column(nullable = false)
  private String[] verdicts = {};

  @Enumerated(EnumType.STRING)
  private State state = State.ACTIVE;

  @Column(name = "disabled_reason")
  private @Nullable String disabledReason;

  @Enumerated(EnumType.STRING)
  private MessageForm form = MessageForm.STANDARD;

  private boolean ed25519;

  @Column(name = "checksum_uid")
  private @Nullable String checksumUid;

  @Column(name = "verified_at")
  private @Nullable Instant verifiedAt;

  @Column(name = "created_at", nullable = false, updatable = false)
  private Instant createdAt;

  @Column(name = "updated_at", nullable = false)
  private Instant updatedAt;

  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
  protected Endpoint() {}

  Endpoint(UUID id, TenantId tenant, String url, Instant now) {
    this.id = id;
    this.tenant = tenant.value();
    this.url = url;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** Subscribes it, or changes what it is subscribed to. */
  void subscribe(EndpointWish wish, Instant now) {
    subscribed = true;
    eventTypes = wish.eventTypes().stream().sorted().toArray(String[]::new);
    verdicts = wish.verdicts().stream().map(Verdict::name).sorted().toArray(String[]::new);
    form = wish.form();
    ed25519 = wish.ed25519();
    checksumUid = wish.checksumUid();
    updatedAt = now;
  }

  void unsubscribe(Instant now) {
    subscribed = false;
    updatedAt = now;
  }

  void enable(Instant now) {
    state = State.ACTIVE;
    disabledReason = null;
    updatedAt = now;
  }

  void disable(String reason, Instant now) {
    state = State.DISABLED;
    disabledReason = reason;
    updatedAt = now;
  }

  void verified(Instant now) {
    verifiedAt = now;
    updatedAt = now;
  }

  boolean isVerified() {
    return verifiedAt != null;
  }

  UUID id() {
    return id;
  }

  TenantId tenant() {
    return new TenantId(tenant);
  }

  Subscription subscription() {
    return new Subscription(URI.create(url), Set.of(eventTypes), verdictSet());
  }

  /** What its tenant may see of it. */
  EndpointView view() {
    return new EndpointView(
        id,
        url,
        subscribed,
        Set.of(eventTypes),
        verdictSet(),
        form,
        ed25519,
        state,
        disabledReason,
        verifiedAt,
        createdAt,
        updatedAt);
  }

  private Set<Verdict> verdictSet() {
    return Arrays.stream(verdicts).map(Verdict::valueOf).collect(Collectors.toUnmodifiableSet());
  }
}
