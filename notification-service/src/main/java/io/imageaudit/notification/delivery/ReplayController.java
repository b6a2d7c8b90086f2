package io.imageaudit.notification.delivery;

import static java.util.Objects.requireNonNull;

import io.imageaudit.model.ApiResponse;
import io.imageaudit.model.TenantId;
import io.imageaudit.notification.access.BoundedWork;
import io.imageaudit.notification.access.ConflictException;
import io.imageaudit.notification.access.InvalidRequestException;
import io.imageaudit.notification.access.NotFoundException;
import io.imageaudit.notification.access.RequestChecks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets the gateway send a tenant's deliveries again, and hand out all that a receiver missed. */
@RestController
@RequestMapping("/internal/v1/tenants/{tenant}")
class ReplayController {

  private static final Duration LONGEST_RANGE = Duration.ofDays(14);
  private static final int MOST_EVENTS = 100;

  private final Replays replays;
  private final EventLog events;
  private final InstantSource clock;
  private final BoundedWork work;

  ReplayController(Replays replays, EventLog events, InstantSource clock, BoundedWork work) {
    this.replays = replays;
    this.events = events;
    this.clock = clock;
    this.work = work;
  }

  /**
   * Which deliveries to send again.
   *
   * @param from planned at this time or later; needed unless only missed ones are sent
   * @param to planned before; needed likewise
   * @param endpointId only to this receiver
   * @param missed only those that did not arrive, which is the default
   * @param dryRun whether only to count them
   */
  record ReplayBody(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable UUID endpointId,
      @Nullable Boolean missed,
      @Nullable Boolean dryRun) {}

  /**
   * How many deliveries a replay would send, or how far it has come.
   *
   * @param replayId identity; null for a dry run
   * @param state RUNNING, DONE, CANCELED or DRY_RUN
   * @param total how many there are; not more than 100,000 are counted
   * @param done how many have been made due
   */
  record Answer(@Nullable UUID replayId, String state, long total, long done) {}

  /**
   * Some events.
   *
   * @param items in the order in which they became known
   * @param nextCursor where to go on, now or later
   */
  record EventPage(List<EventLog.Entry> items, String nextCursor) {}

  @PostMapping("/replays")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ApiResponse<Answer> replay(@PathVariable TenantId tenant, @RequestBody ReplayBody body) {
    Replays.Wish wish = wish(tenant, body);
    if (Boolean.TRUE.equals(body.dryRun())) {
      return done(new Answer(null, "DRY_RUN", work.within(() -> replays.count(wish)), 0));
    }
    return done(answer(work.within(() -> replays.start(wish))));
  }

  @GetMapping("/replays/{id}")
  ApiResponse<Answer> progress(@PathVariable TenantId tenant, @PathVariable UUID id) {
    return done(
        work.within(() -> replays.find(tenant, id))
            .map(ReplayController::answer)
            .orElseThrow(() -> new NotFoundException("replay")));
  }

  /** Ends a replay; what it has made due already is sent. */
  @PostMapping("/replays/{id}/cancel")
  ApiResponse<Answer> cancel(@PathVariable TenantId tenant, @PathVariable UUID id) {
    progress(tenant, id);
    if (!work.within(() -> replays.cancel(tenant, id))) {
      throw new ConflictException("REPLAY_ENDED", "The replay has come to its end.");
    }
    return progress(tenant, id);
  }

  /** All events behind a cursor; without one, from the oldest that is kept. */
  @GetMapping("/events")
  ApiResponse<EventPage> events(
      @PathVariable TenantId tenant,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "20") int limit) {
    EventLog.Place place = after == null ? EventLog.Place.START : place(after);
    int most = Math.clamp(limit, 1, MOST_EVENTS);
    List<EventLog.Entry> items = work.within(() -> events.after(tenant, place, most));
    String next = items.isEmpty() ? place.toString() : items.getLast().cursor();
    return ApiResponse.success("OK", "Done.", new EventPage(items, next));
  }

  private Replays.Wish wish(TenantId tenant, ReplayBody body) {
    boolean missed = !Boolean.FALSE.equals(body.missed());
    Instant from = body.from() == null && missed ? Instant.EPOCH : body.from();
    Instant to = body.to() == null && missed ? clock.instant() : body.to();
    RequestChecks checks = new RequestChecks();
    checks.required("from", from);
    checks.required("to", to);
    checks.time("from", from);
    checks.time("to", to);
    checks.finish();
    Replays.Wish wish =
        new Replays.Wish(
            tenant, requireNonNull(from), requireNonNull(to), body.endpointId(), missed);
    Duration range = Duration.between(wish.from(), wish.to());
    if (!range.isPositive() || (!missed && range.compareTo(LONGEST_RANGE) > 0)) {
      checks.fault(
          "to", "must be later than from, by at most 14 days unless only missed ones are sent");
    }
    checks.finish();
    return wish;
  }

  private static EventLog.Place place(String cursor) {
    if (!cursor.matches("\\d{1,18}-\\d{1,18}")) {
      throw new InvalidRequestException(List.of("after: is not a cursor that was handed out"));
    }
    int split = cursor.indexOf('-');
    return new EventLog.Place(
        Long.parseLong(cursor.substring(0, split)), Long.parseLong(cursor.substring(split + 1)));
  }

  private static Answer answer(Replays.Progress progress) {
    return new Answer(progress.replayId(), progress.state(), progress.total(), progress.done());
  }

  private static ApiResponse<Answer> done(Answer answer) {
    return ApiResponse.success("OK", "Done.", answer);
  }
}
