package io.imageaudit.gateway.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All tenants. */
interface Tenants extends Repository<Tenant, String> {

  Optional<Tenant> findById(String id);

  List<Tenant> findAllByOrderById(Limit limit);

  /**
   * Adds a tenant, unless there is one of that identity.
   *
   * @return how many were added
   */
  @Modifying
  @Query(
      nativeQuery = true,
      value =
          """
          insert into tenant (tenant, name, created_at) values (:id, :name, :createdAt)
          on conflict do nothing
          """)
  int add(String id, String name, Instant createdAt);
}
