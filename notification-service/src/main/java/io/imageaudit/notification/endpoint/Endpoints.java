package io.imageaudit.notification.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The receivers of all tenants. */
interface Endpoints extends Repository<Endpoint, UUID> {

  Endpoint saveAndFlush(Endpoint endpoint);

  Optional<Endpoint> findByIdAndTenant(UUID id, String tenant);

  /** Reads no endpoint, so that it can be locked before. */
  @Query("select e.id from Endpoint e where e.tenant = :tenant and e.url = :url")
  Optional<UUID> idOf(String tenant, String url);

  List<Endpoint> findBySubscribedTrueAndTenantIn(Collection<String> tenants);

  List<Endpoint> findByTenantAndUrlGreaterThanOrderByUrl(String tenant, String url, Limit limit);
}
