package io.imageaudit.notification.endpoint;

import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.notification.access.InvalidRequestException;
import io.imageaudit.notification.access.RequestChecks;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets the gateway manage a tenant's receivers. */
@RestController
@RequestMapping("/internal/v1/tenants/{tenant}/endpoints")
class EndpointController {

  /** Once in a quarter of an hour; rarer ones leave the range of what the queue computes with. */
  private static final double LEAST_PER_SECOND = 0.001;

  private static final double MOST_PER_SECOND = 10_000;

  private final ManageEndpoints endpoints;
  private final ProbeEndpoint probeEndpoint;
  private final OutboundGuard guard;

  EndpointController(ManageEndpoints endpoints, ProbeEndpoint probeEndpoint, OutboundGuard guard) {
    this.endpoints = endpoints;
    this.probeEndpoint = probeEndpoint;
    this.guard = guard;
  }

  /**
   * How often a receiver is called.
   *
   * @param perSecond most attempts per second, 0.001 to 10,000; null for no limit
   */
  record Rate(@Nullable Double perSecond) {}

  /**
   * Some receivers.
   *
   * @param items in order of their addresses
   */
  record Listing(List<EndpointView> items) {}

  /** Subscribes a receiver, or changes what it is subscribed to. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ApiResponse<EndpointView> subscribe(
      @PathVariable TenantId tenant, @RequestBody EndpointBody body) {
    return ok("CREATED", endpoints.subscribe(tenant, body.wish(guard)));
  }

  @GetMapping
  ApiResponse<Listing> list(
      @PathVariable TenantId tenant, @RequestParam(required = false) @Nullable String after) {
    RequestChecks checks = new RequestChecks();
    checks.text("after", after, EndpointBody.MOST_URL_CHARACTERS);
    checks.finish();
    return ok("OK", new Listing(endpoints.list(tenant, after)));
  }

  @GetMapping("/{id}")
  ApiResponse<EndpointView> find(@PathVariable TenantId tenant, @PathVariable UUID id) {
    return ok("OK", endpoints.find(tenant, id));
  }

  @DeleteMapping("/{id}")
  ApiResponse<EndpointView> unsubscribe(@PathVariable TenantId tenant, @PathVariable UUID id) {
    return ok("OK", endpoints.unsubscribe(tenant, id));
  }

  @PostMapping("/{id}/enable")
  ApiResponse<EndpointView> enable(@PathVariable TenantId tenant, @PathVariable UUID id) {
    return ok("OK", endpoints.enable(tenant, id));
  }

  @PostMapping("/{id}/disable")
  ApiResponse<EndpointView> disable(@PathVariable TenantId tenant, @PathVariable UUID id) {
    return ok("OK", endpoints.disable(tenant, id));
  }

  @PutMapping("/{id}/rate")
  ApiResponse<EndpointView> limit(
      @PathVariable TenantId tenant, @PathVariable UUID id, @RequestBody Rate rate) {
    Double perSecond = rate.perSecond();
    if (perSecond != null && !(perSecond >= LEAST_PER_SECOND && perSecond <= MOST_PER_SECOND)) {
      throw new InvalidRequestException(
          List.of("per_second: must be between 0.001 and 10000, or null for no limit"));
    }
    return ok("OK", endpoints.limit(tenant, id, perSecond));
  }

  /** Sends a test message and tells what came of it. */
  @PostMapping("/{id}/test")
  ApiResponse<ProbeEndpoint.Probe> test(@PathVariable TenantId tenant, @PathVariable UUID id) {
    return ok("OK", probeEndpoint.test(tenant, id));
  }

  /** Sends a challenge; the receiver is opened when it repeats it. */
  @PostMapping("/{id}/verify")
  ApiResponse<ProbeEndpoint.Probe> verify(@PathVariable TenantId tenant, @PathVariable UUID id) {
    return ok("OK", probeEndpoint.verify(tenant, id));
  }

  private static <T> ApiResponse<T> ok(String code, T data) {
    return ApiResponse.success(code, "Done.", data);
  }
}
