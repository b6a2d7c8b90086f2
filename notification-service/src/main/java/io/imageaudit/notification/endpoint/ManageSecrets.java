package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.access.BoundedWork;
import io.imageaudit.notification.access.ConflictException;
import io.imageaudit.notification.access.NotFoundException;
import io.imageaudit.notification.webhook.Ed25519Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes a tenant's secrets, shows which there are, and ends them. */
final class ManageSecrets {

  private final StoredSecrets secrets;
  private final SecretBox box;
  private final RotateSecret rotateSecret;
  private final SigningKeys signingKeys;
  private final BoundedWork work;
  private final InstantSource clock;
  private final RandomGenerator random;

  ManageSecrets(
      StoredSecrets secrets,
      SecretBox box,
      RotateSecret rotateSecret,
      SigningKeys signingKeys,
      BoundedWork work,
      InstantSource clock,
      RandomGenerator random) {
    this.secrets = secrets;
    this.box = box;
    this.rotateSecret = rotateSecret;
    this.signingKeys = signingKeys;
    this.work = work;
    this.clock = clock;
    this.random = random;
  }

  /** A secret that was just made. */
  record Made(UUID id, SecretKind kind, String text) {

    /** Never the secret. */
    @Override
    public String toString() {
      return "Made[" + id + "]";
    }
  }

  /** Makes a new secret the current one. */
  Made make(TenantId tenant, SecretBody wish) {
    String text = wish.text(random);
    SecretKind kind = wish.kindOrDefault();
    SecretOwner owner = new SecretOwner(tenant, wish.endpointId());
    Duration grace = wish.grace();
    UUID id =
        work.within(() ->
            grace == null
                ? rotateSecret.to(owner, kind, text)
                : rotateSecret.to(owner, kind, text, grace));
    signingKeys.forget(tenant);
    return new Made(id, kind, text);
  }

  /** Those in use, the newest first. */
  List<SecretView> list(TenantId tenant) {
    return secrets.inUse(tenant.value(), clock.instant()).stream().map(this::view).toList();
  }

  private SecretView view(StoredSecret secret) {
    return new SecretView(
        secret.id(),
        secret.kind(),
        secret.owner().endpoint(),
        secret.createdAt(),
        secret.expiresAt(),
        publicKey(secret));
  }

  private @Nullable String publicKey(StoredSecret secret) {
    return secret.kind() == SecretKind.ED25519
        ? Ed25519Key.parse(box.open(secret.id(), secret.sealed())).publicKey()
        : null;
  }

  /**
   * Ends a replaced secret before its time.
   *
   * @throws NotFoundException when the tenant has no such secret in use
   * @throws ConflictException when it is a current one
   */
  void end(TenantId tenant, UUID id) {
    SecretView secret =
        list(tenant).stream()
            .filter(one -> one.secretId().equals(id))
            .findFirst()
            .orElseThrow(() -> new NotFoundException("secret"));
    if (secret.expiresAt() == null) {
      throw new ConflictException(
          "SECRET_CURRENT", "This is the current secret. Make a new one first.");
    }
    work.within(() -> secrets.end(tenant.value(), id, clock.instant()));
    signingKeys.forget(tenant);
  }
}
