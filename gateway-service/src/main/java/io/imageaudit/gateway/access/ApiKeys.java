package io.imageaudit.gateway.access;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All API keys. */
interface ApiKeys extends Repository<ApiKey, String> {

  Optional<ApiKey> findById(String id);

  List<ApiKey> findByTenantOrderByCreatedAt(String tenant);

  boolean existsByScopesContaining(String scope);

  ApiKey save(ApiKey key);

  /** Lets nobody else add a key until the end of the transaction. */
  @Modifying
  @Query(nativeQuery = true, value = "lock table api_key in share row exclusive mode")
  void lock();
}
