package io.imageaudit.worker.check;

import io.imageaudit.model.Category;
import io.imageaudit.model.FindingSource;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.inference.Detection;
import io.imageaudit.worker.inference.Hope;
import io.imageaudit.worker.inference.LookOutcome.Looked;
import io.imageaudit.worker.inference.LookOutcome.NotLooked;
import io.imageaudit.worker.inference.Model;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A check by models. The first one that can look decides; when all are away, they are asked again
 * with growing pauses for as long as there is time.
 */
final class ModelCheck {

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final String name;
  private final List<Model> models;
  private final Duration firstPause;
  private final InstantSource clock;
  private final Pause pause;

  ModelCheck(
      String name, List<Model> models, Duration firstPause, InstantSource clock, Pause pause) {
    this.name = name;
    this.models = List.copyOf(models);
    this.firstPause = firstPause;
    this.clock = clock;
    this.pause = pause;
  }

  String name() {
    return name;
  }

  /** The side that a picture must at least have for all of the check's models, pixels. */
  int detail() {
    return models.stream().mapToInt(model -> model.input().detail()).max().orElse(1);
  }

  /** The model that looks whenever it can. */
  Model firstChoice() {
    return models.getFirst();
  }

  /** Time in which each model can take as long as it may, and has to wait for its turn. */
  Duration longestLook() {
    return models.stream()
        .map(Model::callTimeout)
        .max(Comparator.naturalOrder())
        .orElseThrow()
        .multipliedBy(models.size() + 1L);
  }

  /** Looks, and does not give up before the last call as long as there is hope. */
  CheckOutcome look(Picture picture, LastCall until, TraceParent trace) {
    Instant start = clock.instant();
    Duration nextPause = firstPause;
    for (int round = 1; ; round++) {
      Attempt attempt = ask(picture, until.answer(), trace);
      if (attempt.looked() != null) {
        return seen(attempt.model(), attempt.looked(), start, round);
      }
      NotLooked last = Objects.requireNonNull(attempt.last());
      if (attempt.hope() != Hope.SOON || !clock.instant().plus(nextPause).isBefore(until.hope())) {
        return missing(last.code(), last.message(), attempt.hope(), start, round);
      }
      if (!pause.of(nextPause)) {
        return missing("STOPPING", "the worker stops", Hope.SOON, start, round);
      }
      nextPause = shorter(nextPause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  /**
   * Asks each model once, in order, until one looks. A model that hangs leaves time to the next
   * one: it gets half of what is left, and no more than one call of it may take.
   */
  private Attempt ask(Picture picture, Instant until, TraceParent trace) {
    Hope hope = Hope.NEVER;
    NotLooked last = null;
    for (Model model : models) {
      switch (model.look(picture, shareOf(model, until), trace)) {
        case Looked looked -> {
          return new Attempt(model, looked, null, Hope.NEVER);
        }
        case NotLooked not -> {
          hope = hope.or(not.hope());
          last = not;
        }
      }
    }
    return new Attempt(models.getLast(), null, last, hope);
  }

  private Instant shareOf(Model model, Instant until) {
    if (model == models.getLast()) {
      return until;
    }
    Instant now = clock.instant();
    Duration half = Duration.between(now, until).dividedBy(2);
    return now.plus(shorter(half, model.callTimeout()));
  }

  private CheckOutcome seen(Model model, Looked looked, Instant start, int tries) {
    List<Observation> observations =
        looked.detections().stream()
            .filter(detection -> model.categories().containsKey(detection.label()))
            .map(detection -> observation(model, detection))
            .toList();
    return new CheckOutcome.Seen(
        name,
        model.name(),
        looked.version(),
        model.input().identity(),
        looked.detections(),
        observations,
        Duration.between(start, clock.instant()),
        tries);
  }

  private CheckOutcome missing(String code, String message, Hope hope, Instant start, int tries) {
    return new CheckOutcome.Missing(
        name,
        code,
        message,
        hope,
        tries,
        models.stream().map(Model::name).toList(),
        Duration.between(start, clock.instant()));
  }

  private Observation observation(Model model, Detection detection) {
    Category category = Objects.requireNonNull(model.categories().get(detection.label()));
    return new Observation(
        category,
        detection.label(),
        detection.score(),
        detection.text() == null ? FindingSource.IMAGE : FindingSource.TEXT_IN_IMAGE,
        name,
        detection.box(),
        detection.text());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** One round through the models: the one that looked, or what the last one said. */
  private record Attempt(
      Model model, @Nullable Looked looked, @Nullable NotLooked last, Hope hope) {}
}
