package io.imageaudit.notification.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The secrets of all tenants, encrypted. */
interface StoredSecrets extends Repository<StoredSecret, UUID> {

  StoredSecret saveAndFlush(StoredSecret secret);

  /** Those of a tenant and its receivers that are still in use, the newest first. */
  @Query(
      """
      select s from StoredSecret s
       where s.tenant = :tenant and (s.expiresAt is null or s.expiresAt > :now)
       order by s.createdAt desc, s.id desc
      """)
  List<StoredSecret> inUse(String tenant, Instant now, Limit limit);

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
