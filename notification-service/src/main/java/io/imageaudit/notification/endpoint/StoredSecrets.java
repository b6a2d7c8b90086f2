package io.imageaudit.notification.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The signing keys of all tenants, encrypted. */
interface StoredSecrets extends Repository<StoredSecret, UUID> {

  StoredSecret saveAndFlush(StoredSecret secret);

  /** Those of a tenant that still sign, the newest first. */
  @Query(
      """
      select s from StoredSecret s
       where s.tenant = :tenant and (s.expiresAt is null or s.expiresAt > :now)
       order by s.createdAt desc, s.id desc
      """)
  List<StoredSecret> signing(String tenant, Instant now, Limit limit);

  /** Lets the tenant's current key end, if there is one. */
  @Modifying
  @Query(
      """
      update StoredSecret s set s.expiresAt = :expiresAt
       where s.tenant = :tenant and s.expiresAt is null
      """)
  int retireCurrent(String tenant, Instant expiresAt);
}
