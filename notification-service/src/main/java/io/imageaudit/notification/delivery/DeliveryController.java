package io.imageaudit.notification.delivery;

import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.access.BoundedWork;
import io.imageaudit.notification.access.ConflictException;
import io.imageaudit.notification.access.InvalidRequestException;
import io.imageaudit.notification.access.NotFoundException;
import io.imageaudit.notification.access.RequestChecks;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets the gateway show a tenant's deliveries, and send one again. */
@RestController
@RequestMapping("/internal/v1/tenants/{tenant}/deliveries")
class DeliveryController {

  private static final int MOST_ITEMS = 100;
  private static final int MOST_FAULT_CHARACTERS = 64;

  private final DeliveryLedger ledger;
  private final Wakeup wakeup;
  private final BoundedWork work;

  DeliveryController(DeliveryLedger ledger, Wakeup wakeup, BoundedWork work) {
    this.ledger = ledger;
    this.wakeup = wakeup;
    this.work = work;
  }

  /**
   * Some deliveries.
   *
   * @param items the newest first
   * @param nextCursor where the next page begins; null when there is none
   */
  record Page(List<DeliveryView> items, @Nullable String nextCursor) {}

  /**
   * One delivery with its tries.
   *
   * @param delivery itself
   * @param attempts its tries, in order
   */
  record Detail(DeliveryView delivery, List<AttemptView> attempts) {}

  @GetMapping
  ApiResponse<Page> list(
      @PathVariable TenantId tenant,
      @RequestParam(name = "audit_id", required = false) @Nullable UUID auditId,
      @RequestParam(name = "endpoint_id", required = false) @Nullable UUID endpointId,
      @RequestParam(required = false) @Nullable DeliveryStatus status,
      @RequestParam(name = "http_status", required = false) @Nullable Integer httpStatus,
      @RequestParam(required = false) @Nullable String fault,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "20") int limit) {
    RequestChecks checks = new RequestChecks();
    checks.text("fault", fault, MOST_FAULT_CHARACTERS);
    checks.time("from", from);
    checks.time("to", to);
    checks.finish();
    int most = Math.clamp(limit, 1, MOST_ITEMS);
    DeliveryQuery query =
        new DeliveryQuery(
            tenant, auditId, endpointId, status, httpStatus, fault, from, to, place(cursor), most);
    List<DeliveryView> items = work.within(() -> ledger.list(query));
    DeliveryView last = items.size() < most ? null : items.getLast();
    String next =
        last == null ? null : new DeliveryCursor(last.createdAt(), last.deliveryId()).toString();
    return ApiResponse.success("OK", "Done.", new Page(items, next));
  }

  @GetMapping("/{id}")
  ApiResponse<Detail> find(@PathVariable TenantId tenant, @PathVariable UUID id) {
    Detail detail = work.within(() -> new Detail(found(tenant, id), ledger.attempts(id)));
    return ApiResponse.success("OK", "Done.", detail);
  }

  /**
   * Makes a delivery due now, whatever became of it before.
   *
   * @param auditId there is no other than one of this audit, when it is given
   */
  @PostMapping("/{id}/resend")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ApiResponse<DeliveryView> resend(
      @PathVariable TenantId tenant,
      @PathVariable UUID id,
      @RequestParam(name = "audit_id", required = false) @Nullable UUID auditId) {
    DeliveryView known = work.within(() -> found(tenant, id));
    if (auditId != null && !auditId.equals(known.auditId())) {
      throw new NotFoundException("delivery");
    }
    switch (work.within(() -> ledger.resend(tenant, id))) {
      case QUEUED -> wakeup.nudge();
      case UNKNOWN -> throw new NotFoundException("delivery");
      case SUPERSEDED ->
          throw new ConflictException(
              "SUPERSEDED", "A newer verdict of this audit has been delivered there.");
      case DISABLED ->
          throw new ConflictException(
              "ENDPOINT_DISABLED", "The receiver is disabled. Enable it first.");
    }
    return ApiResponse.success(
        "ACCEPTED", "The delivery is due now.", work.within(() -> found(tenant, id)));
  }

  private DeliveryView found(TenantId tenant, UUID id) {
    return ledger.find(tenant, id).orElseThrow(() -> new NotFoundException("delivery"));
  }

  private static @Nullable DeliveryCursor place(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    return DeliveryCursor.parse(cursor)
        .orElseThrow(
            () -> new InvalidRequestException(List.of("cursor: is not one that was handed out")));
  }
}
