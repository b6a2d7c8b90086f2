package io.imageaudit.notification.endpoint;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** The receivers of all tenants. */
interface Endpoints extends Repository<Endpoint, UUID> {

  Endpoint saveAndFlush(Endpoint endpoint);

  Optional<Endpoint> findByIdAndTenant(UUID id, String tenant);

  Optional<Endpoint> findByTenantAndUrl(String tenant, String url);

  List<Endpoint> findBySubscribedTrueAndTenantIn(Collection<String> tenants);

  List<Endpoint> findByTenantAndUrlGreaterThanOrderByUrl(String tenant, String url, Limit limit);
}
