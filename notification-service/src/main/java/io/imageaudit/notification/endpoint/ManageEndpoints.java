package io.imageaudit.notification.endpoint;

import io.imageaudit.model.TenantId;
import io.imageaudit.notification.access.BoundedWork;
import io.imageaudit.notification.access.ConflictException;
import io.imageaudit.notification.access.NotFoundException;
import io.imageaudit.notification.tenant.TenantRulebook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;

/** Subscribes receivers, and opens and closes them. */
final class ManageEndpoints {

  private final Endpoints endpoints;
  private final JdbcLanes lanes;
  private final BoundedWork work;
  private final InstantSource clock;
  private final TenantRulebook rulebook;

  ManageEndpoints(
      Endpoints endpoints,
      JdbcLanes lanes,
      BoundedWork work,
      InstantSource clock,
      TenantRulebook rulebook) {
    this.endpoints = endpoints;
    this.lanes = lanes;
    this.work = work;
    this.clock = clock;
    this.rulebook = rulebook;
  }

  /** Subscribes a receiver, or changes what it is subscribed to. */
  EndpointView subscribe(TenantId tenant, EndpointWish wish) {
    return within(now -> {
      String url = wish.url().toString();
      Endpoint endpoint =
          endpoints
              .idOf(tenant.value(), url)
              .map(id -> locked(tenant, id))
              .orElseGet(() -> new Endpoint(UUID.randomUUID(), tenant, url, now));
      endpoint.subscribe(wish, now);
      boolean closed = rulebook.mustVerify(tenant) && !endpoint.isVerified();
      if (closed) {
        endpoint.disable("UNVERIFIED", now);
      }
      endpoints.saveAndFlush(endpoint);
      lanes.create(endpoint.id(), tenant.value());
      if (closed) {
        lanes.halt(endpoint.id());
      }
      return endpoint;
    });
  }

  /** Up to 100 receivers, in order of their addresses, from behind one of them. */
  List<EndpointView> list(TenantId tenant, @Nullable String after) {
    String behind = after == null ? "" : after;
    return work.within(() ->
        endpoints
            .findByTenantAndUrlGreaterThanOrderByUrl(tenant.value(), behind, Limit.of(100))
            .stream()
            .map(Endpoint::view)
            .toList());
  }

  EndpointView find(TenantId tenant, UUID id) {
    return work.within(() -> found(tenant, id).view());
  }

  EndpointView unsubscribe(TenantId tenant, UUID id) {
    return change(tenant, id, Endpoint::unsubscribe);
  }

  EndpointView disable(TenantId tenant, UUID id) {
    return change(
        tenant,
        id,
        (endpoint, now) -> {
          endpoint.disable("MANUAL", now);
          lanes.halt(id);
        });
  }

  EndpointView enable(TenantId tenant, UUID id) {
    return change(
        tenant,
        id,
        (endpoint, now) -> {
          if (rulebook.mustVerify(tenant) && !endpoint.isVerified()) {
            throw new ConflictException(
                "ENDPOINT_UNVERIFIED", "The receiver must answer a challenge first.");
          }
          endpoint.enable(now);
          lanes.resume(id);
        });
  }

  /** It has answered a challenge; it is told things from now on. */
  EndpointView verified(TenantId tenant, UUID id) {
    return change(
        tenant,
        id,
        (endpoint, now) -> {
          endpoint.verified(now);
          endpoint.enable(now);
          lanes.resume(id);
        });
  }

  EndpointView limit(TenantId tenant, UUID id, @Nullable Double perSecond) {
    return change(tenant, id, (_, _) -> lanes.limit(id, perSecond));
  }

  private EndpointView change(TenantId tenant, UUID id, BiConsumer<Endpoint, Instant> change) {
    return within(now -> {
      Endpoint endpoint = locked(tenant, id);
      change.accept(endpoint, now);
      return endpoints.saveAndFlush(endpoint);
    });
  }

  private EndpointView within(Function<Instant, Endpoint> step) {
    return work.within(() -> step.apply(clock.instant()).view());
  }

  private Endpoint locked(TenantId tenant, UUID id) {
    lanes.lock(id, tenant.value());
    return found(tenant, id);
  }

  private Endpoint found(TenantId tenant, UUID id) {
    return endpoints
        .findByIdAndTenant(id, tenant.value())
        .orElseThrow(() -> new NotFoundException("endpoint"));
  }
}
