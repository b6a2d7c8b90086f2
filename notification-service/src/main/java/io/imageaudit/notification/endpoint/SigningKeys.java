package io.imageaudit.notification.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.Ed25519Key;
import io.imageaudit.notification.webhook.HmacKey;
import io.imageaudit.notification.webhook.SigningKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign for a receiver: its own ones if it has any, else its tenant's. A tenant
 * without one is given one when it is first needed, so that nothing is ever sent unsigned.
 */
public final class SigningKeys {

  /** More would only make the header longer: whoever rotates that often has a reason to. */
  private static final int MOST_KEYS = 6;

  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int MOST_REMEMBERED = 10_000;

  private final StoredSecrets secrets;
  private final SecretBox box;
  private final RotateSecret rotateSecret;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Cache<TenantId, List<OpenSecret>> remembered =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(MOST_REMEMBERED).build();

  SigningKeys(
      StoredSecrets secrets,
      SecretBox box,
      RotateSecret rotateSecret,
      InstantSource clock,
      RandomGenerator random) {
    this.secrets = secrets;
    this.box = box;
    this.rotateSecret = rotateSecret;
    this.clock = clock;
    this.random = random;
  }

  /** A decrypted secret; its key is made once, because making one costs. */
  private record OpenSecret(
      SecretOwner owner, SecretKind kind, String text, @Nullable SigningKey key) {

    @Override
    public String toString() {
      return "OpenSecret[hidden]";
    }
  }

  /** The current key first, then those that were replaced and still sign; never empty. */
  public List<SigningKey> of(TenantId tenant, SendingStyle style) {
    Stream<SigningKey> hmac = keys(tenant, style, SecretKind.HMAC);
    return style.ed25519()
        ? Stream.concat(hmac, keys(tenant, style, SecretKind.ED25519)).toList()
        : hmac.toList();
  }

  /** What the checksum form mixes in; the current key's text when no seed is set. */
  public String seed(TenantId tenant, SendingStyle style) {
    return own(inUse(tenant), tenant, style, SecretKind.SEED).stream()
        .map(OpenSecret::text)
        .findFirst()
        .orElseGet(() -> of(tenant, style).getFirst().reveal());
  }

  /** Reads the tenant's secrets again when they are next needed. */
  void forget(TenantId tenant) {
    remembered.invalidate(tenant);
  }

  private Stream<SigningKey> keys(TenantId tenant, SendingStyle style, SecretKind kind) {
    List<OpenSecret> found = own(inUse(tenant), tenant, style, kind);
    if (found.isEmpty()) {
      create(tenant, kind);
      found = own(inUse(tenant), tenant, style, kind);
    }
    return found.stream()
        .map(OpenSecret::key)
        .flatMap(key -> Optional.ofNullable(key).stream())
        .limit(MOST_KEYS);
  }

  private static List<OpenSecret> own(
      List<OpenSecret> all, TenantId tenant, SendingStyle style, SecretKind kind) {
    List<OpenSecret> endpointOwn =
        all.stream()
            .filter(one -> one.kind() == kind)
            .filter(one -> Objects.equals(one.owner().endpoint(), style.endpoint()))
            .toList();
    return endpointOwn.isEmpty()
        ? all.stream()
            .filter(one -> one.kind() == kind)
            .filter(one -> one.owner().equals(SecretOwner.of(tenant)))
            .toList()
        : endpointOwn;
  }

  private void create(TenantId tenant, SecretKind kind) {
    SigningKey key = kind == SecretKind.ED25519 ? Ed25519Key.generate() : HmacKey.generate(random);
    rotateSecret.first(SecretOwner.of(tenant), kind, key.reveal());
    forget(tenant);
  }

  private List<OpenSecret> inUse(TenantId tenant) {
    return remembered.get(tenant, this::read);
  }

  private List<OpenSecret> read(TenantId tenant) {
    return secrets.inUse(tenant.value(), clock.instant()).stream().map(this::open).toList();
  }

  private OpenSecret open(StoredSecret secret) {
    String text = box.open(secret.id(), secret.sealed());
    SigningKey key =
        switch (secret.kind()) {
          case HMAC -> HmacKey.parse(text);
          case ED25519 -> Ed25519Key.parse(text);
          case SEED -> null;
        };
    return new OpenSecret(secret.owner(), secret.kind(), text, key);
  }
}
