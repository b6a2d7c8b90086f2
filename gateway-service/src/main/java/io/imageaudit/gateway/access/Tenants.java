package io.imageaudit.gateway.access;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

/** All tenants. */
interface Tenants extends Repository<Tenant, String> {

  Optional<Tenant> findById(String id);

  List<Tenant> findAllByOrderById(Limit limit);

  Tenant save(Tenant tenant);
}
