package io.imageaudit.notification.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The secrets of all tenants, encrypted. */
interface StoredSecrets extends Repository<StoredSecret, UUID> {

  StoredSecret saveAndFlush(StoredSecret secret);

  /**
   * Those of a tenant and its receivers that are still in use, the newest first: all current ones,
   * and the newest thousand of those that were replaced.
   */
  @Query(
      nativeQuery = true,
      value =
          """
          select * from signing_secret where tenant = :tenant and expires_at is null
           union all
          (select * from signing_secret where tenant = :tenant and expires_at > :now
            order by created_at desc, id desc limit 1000)
           order by created_at desc, id desc
          """)
  List<StoredSecret> inUse(String tenant, Instant now);

  /** How many current ones of a kind an owner has: one or none. */
  @Query(
      """
      select count(s) from StoredSecret s
       where s.tenant = :tenant and s.kind = :kind and s.expiresAt is null
         and (s.endpointId = :endpoint or (:endpoint is null and s.endpointId is null))
      """)
  int countCurrent(String tenant, @Nullable UUID endpoint, SecretKind kind);

  /** Lets the owner's current secret of a kind end, if there is one. */
  @Modifying
  @Query(
      """
      update StoredSecret s set s.expiresAt = :expiresAt
       where s.tenant = :tenant and s.kind = :kind and s.expiresAt is null
         and (s.endpointId = :endpoint or (:endpoint is null and s.endpointId is null))
      """)
  int retireCurrent(String tenant, @Nullable UUID endpoint, SecretKind kind, Instant expiresAt);

  /** Ends a replaced one before its time. */
  @Modifying
  @Query(
      """
      update StoredSecret s set s.expiresAt = :now
       where s.tenant = :tenant and s.id = :id and s.expiresAt > :now
      """)
  int end(String tenant, UUID id, Instant now);
}
