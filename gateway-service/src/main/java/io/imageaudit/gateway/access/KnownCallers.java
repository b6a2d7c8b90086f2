package io.imageaudit.gateway.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imageaudit.model.TenantId;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionException;

/**
 * Finds the caller behind a credential. What the database said is believed for a few seconds, so a
 * revoked key may work that much longer. An unknown key costs the same comparison as a known one.
 * Requests that need the same answer at the same time share one question, and none waits long for a
 * database that has gone silent.
 */
final class KnownCallers {

  private static final Duration BELIEVED = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final int MOST = 10_000;
  private static final byte[] NO_DIGEST = new byte[32];

  private final ApiKeys keys;
  private final Tenants tenants;
  private final InstantSource clock;
  private final AsyncCache<String, Optional<ApiKey>> knownKeys = cache();
  private final AsyncCache<String, Boolean> knownTenants = cache();

  KnownCallers(ApiKeys keys, Tenants tenants, InstantSource clock) {
    this.keys = keys;
    this.tenants = tenants;
    this.clock = clock;
  }

  /**
   * The caller who holds this key, if it is live.
   *
   * @throws DataAccessException when the database does not say so in time
   */
  Optional<Caller> byKey(ApiKeyText text) {
    Optional<ApiKey> known = ask(knownKeys, text.id(), keys::findById);
    byte[] digest = known.map(ApiKey::secretDigest).orElse(NO_DIGEST);
    boolean proven = MessageDigest.isEqual(digest, text.digest());
    return known
        .filter(key -> proven && key.isLive(clock.instant()) && isActive(key.tenant()))
        .map(key -> new Caller(key.tenant(), "key:" + key.id(), key.scopes()));
  }

  /**
   * Whether there is such a tenant, and it is not disabled.
   *
   * @throws DataAccessException when the database does not say so in time
   */
  boolean isActive(TenantId tenant) {
    return ask(
        knownTenants,
        tenant.value(),
        id -> tenants.findById(id).map(Tenant::isActive).orElse(false));
  }

  /** Asks the database again at the next use. */
  void forget() {
    knownKeys.synchronous().invalidateAll();
    knownTenants.synchronous().invalidateAll();
  }

  private static <T> T ask(AsyncCache<String, T> known, String id, Function<String, T> question) {
    CompletableFuture<T> answer = known.get(id, question);
    try {
      return answer.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new QueryTimeoutException("a credential is not looked up in time", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DataAccessException fault) {
        throw fault;
      }
      if (e.getCause() instanceof TransactionException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryTimeoutException("interrupted", e);
    }
  }

  private static <T> AsyncCache<String, T> cache() {
    return Caffeine.newBuilder()
        .expireAfterWrite(BELIEVED)
        .maximumSize(MOST)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .buildAsync();
  }
}
