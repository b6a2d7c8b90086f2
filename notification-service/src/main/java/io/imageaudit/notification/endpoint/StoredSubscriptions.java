package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Subscriptions as the tenants' endpoints hold them. */
final class StoredSubscriptions implements Subscriptions {

  private final Endpoints endpoints;

  StoredSubscriptions(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public Map<TenantId, List<Subscription>> of(Set<TenantId> tenants) {
    return endpoints
        .findBySubscribedTrueAndTenantIn(tenants.stream().map(TenantId::value).toList())
        .stream()
        .collect(
            Collectors.groupingBy(
                Endpoint::tenant, Collectors.mapping(Endpoint::subscription, Collectors.toList())));
  }
}
