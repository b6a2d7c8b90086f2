package io.imageaudit.worker.check;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.trace.Step;
import io.imageaudit.model.trace.StepKind;
import io.imageaudit.model.trace.Traces;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.inference.Hope;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** All configured checks. */
public final class Checks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

  private final Map<String, ModelCheck> byName = new TreeMap<>();
  private final Traces traces;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Checks(List<ModelCheck> checks, Traces traces) {
    this.traces = traces;
    checks.forEach(check -> byName.put(check.name(), check));
  }

  /** The side that a picture must at least have for these checks, pixels. */
  public int detail(Set<String> names) {
    return names.stream()
        .map(byName::get)
        .filter(Objects::nonNull)
        .mapToInt(ModelCheck::detail)
        .max()
        .orElse(1);
  }

  /** Time in which every check can look, however slow its models are. */
  public Duration longestLook() {
    return byName.values().stream()
        .map(ModelCheck::longestLook)
        .max(Comparator.naturalOrder())
        .orElse(Duration.ofSeconds(1));
  }

  /** Names the first choices of these checks with their versions; none while one is not known. */
  public Optional<String> identity(Set<String> names) {
    List<Optional<String>> models =
        names.stream()
            .sorted()
            .map(name -> Optional.ofNullable(byName.get(name)))
            .map(check -> check.flatMap(known -> known.firstChoice().identity()))
            .toList();
    return models.stream().allMatch(Optional::isPresent)
        ? Optional.of(models.stream().flatMap(Optional::stream).toList().toString())
        : Optional.empty();
  }

  /** Names the models that looked, as {@link #identity} does; none unless all are first choices. */
  public Optional<String> identityOf(List<CheckOutcome.Seen> seen) {
    if (!seen.stream().allMatch(this::isFirstChoice)) {
      return Optional.empty();
    }
    return Optional.of(
        seen.stream()
            .sorted(Comparator.comparing(CheckOutcome.Seen::check))
            .map(look ->
                Objects.requireNonNull(byName.get(look.check()))
                    .firstChoice()
                    .identity(look.version()))
            .toList()
            .toString());
  }

  /** Whether the model that looked is the one that looks whenever it can. */
  private boolean isFirstChoice(CheckOutcome.Seen seen) {
    ModelCheck check = byName.get(seen.check());
    return check != null && check.firstChoice().name().equals(seen.model());
  }

  /**
   * Lets all named checks look at the same time. One that is not configured is missing.
   *
   * @param until when to give up on a check
   */
  public List<CheckOutcome> look(
      Set<String> names, Picture picture, LastCall until, TraceParent trace) {
    List<Future<CheckOutcome>> looks =
        names.stream()
            .sorted()
            .map(name -> threads.submit(named(() -> look(name, picture, until, trace))))
            .toList();
    return looks.stream().map(Checks::ended).toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private CheckOutcome look(String name, Picture picture, LastCall until, TraceParent trace) {
    ModelCheck check = byName.get(name);
    if (check == null) {
      return new CheckOutcome.Missing(name, "NOT_CONFIGURED", "there is no such check", Hope.LATER);
    }
    try (Step step = traces.begin(StepKind.INTERNAL, "check " + name, trace)) {
      return check.look(picture, until, step.place());
    } catch (RuntimeException e) { // What is wrong with one check is no fault of the audit.
      LOG.error("check {} is broken", name, e);
      return new CheckOutcome.Missing(name, "BROKEN", String.valueOf(e), Hope.LATER);
    }
  }

  /** The same, with what log lines say of the audit. */
  private static Callable<CheckOutcome> named(Callable<CheckOutcome> look) {
    Map<String, String> names = MDC.getCopyOfContextMap();
    return () -> {
      if (names != null) {
        MDC.setContextMap(names); // The thread ends with the look.
      }
      return look.call();
    };
  }

  private static CheckOutcome ended(Future<CheckOutcome> look) {
    try {
      return look.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checks look", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check is broken", e.getCause());
    }
  }
}
