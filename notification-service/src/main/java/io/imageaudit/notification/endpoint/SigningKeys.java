package io.imageaudit.notification.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.webhook.SigningKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;

/**
 * The keys that sign for a tenant. A tenant without one is given one when it is first needed, so
 * that nothing is ever sent unsigned.
 */
public final class SigningKeys {

  /** More would only make the header longer: whoever rotates that often has a reason to. */
  static final int MOST_KEYS = 6;

  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int MOST_REMEMBERED = 10_000;

  private final StoredSecrets secrets;
  private final SecretBox box;
  private final RotateSecret rotateSecret;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Cache<TenantId, List<SigningKey>> remembered =
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

  /** The current key first, then those that were replaced and still sign; never empty. */
  public List<SigningKey> of(TenantId tenant) {
    return remembered.get(tenant, this::readOrCreate);
  }

  /** Reads the tenant's keys again when they are next needed. */
  void forget(TenantId tenant) {
    remembered.invalidate(tenant);
  }

  List<SigningKey> stored(TenantId tenant) {
    return secrets.signing(tenant.value(), clock.instant(), Limit.of(MOST_KEYS)).stream()
        .map(secret -> SigningKey.parse(box.open(secret.id(), secret.sealed())))
        .toList();
  }

  private List<SigningKey> readOrCreate(TenantId tenant) {
    List<SigningKey> keys = stored(tenant);
    if (!keys.isEmpty()) {
      return keys;
    }
    try {
      rotateSecret.to(tenant, SigningKey.generate(random));
    } catch (DataIntegrityViolationException _) {
      // Another replica was quicker; its key is read below.
    }
    return stored(tenant);
  }
}
