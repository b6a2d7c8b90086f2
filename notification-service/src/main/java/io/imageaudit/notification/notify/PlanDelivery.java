package io.imageaudit.notification.notify;

import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.notification.delivery.Wakeup;
import io.imageaudit.notification.endpoint.EndpointUrl;
import io.imageaudit.notification.endpoint.Subscription;
import io.imageaudit.notification.endpoint.Subscriptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Plans who is told that an audit has ended, and wakes those who tell. Sends nothing itself. */
final class PlanDelivery {

  private final DeliveryPlans plans;
  private final Subscriptions subscriptions;
  private final CallbackBody body;
  private final Wakeup wakeup;
  private final Traces traces;

  PlanDelivery(
      DeliveryPlans plans,
      Subscriptions subscriptions,
      CallbackBody body,
      Wakeup wakeup,
      Traces traces) {
    this.plans = plans;
    this.subscriptions = subscriptions;
    this.body = body;
    this.wakeup = wakeup;
    this.traces = traces;
  }

  /** Plans all of them, or none. */
  void plan(List<Heard<AuditConcluded>> heard) {
    List<Step> steps = heard.stream().map(this::begin).toList();
    try {
      record(heard.stream().map(Heard::event).toList());
    } finally {
      steps.forEach(Step::close);
    }
  }

  /** The event's identity names the step, so that each attempt to tell it can continue from it. */
  private Step begin(Heard<AuditConcluded> heard) {
    AuditConcluded concluded = heard.event();
    return traces.begin(
        StepKind.CONSUMER,
        "notify",
        heard.saidBy(),
        TraceParent.named(concluded.request().traceId(), idOf(concluded)));
  }

  private void record(List<AuditConcluded> concluded) {
    Set<TenantId> tenants =
        concluded.stream().map(one -> one.request().tenant()).collect(Collectors.toSet());
    Map<TenantId, List<Subscription>> subscribed = subscriptions.of(tenants);
    int planned =
        plans.record(
            concluded.stream()
                .map(
                    one -> planned(one, subscribed.getOrDefault(one.request().tenant(), List.of())))
                .toList());
    if (planned > 0) {
      wakeup.nudge();
    }
  }

  private PlannedEvent planned(AuditConcluded concluded, List<Subscription> subscribed) {
    String type = EventType.of(concluded.status());
    Map<URI, Callback> callbacks = new LinkedHashMap<>();
    URI named = concluded.request().callback();
    if (named != null) {
      callbacks.put(named, new Callback(named, EndpointUrl.of(named)));
    }
    subscribed.stream()
        .filter(subscription -> subscription.wants(type, concluded.verdict()))
        .map(Subscription::url)
        .forEach(url -> callbacks.putIfAbsent(url, new Callback(url, url.toString())));
    return new PlannedEvent(
        idOf(concluded), concluded, type, body.of(concluded), List.copyOf(callbacks.values()));
  }

  /** Derived from the verdict, so that even after a loss of data a receiver sees the same id. */
  private static UUID idOf(AuditConcluded concluded) {
    String name = concluded.auditId() + "/" + concluded.verdictSeq();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
