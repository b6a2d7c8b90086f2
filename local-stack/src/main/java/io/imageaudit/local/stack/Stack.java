package io.imageaudit.local.stack;

import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.part.Part;
import io.imageaudit.local.process.Children;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * All parts together. Each starts as soon as the parts that it needs are ready; when one fails, the
 * whole is to be closed.
 */
public final class Stack implements AutoCloseable {

  /** What serves others is stopped after those that it serves. */
  private static final Set<PartName> FOUNDATION =
      EnumSet.of(PartName.POSTGRES, PartName.KAFKA, PartName.MODEL_SERVER);

  /** Both rounds of stopping together stay below the 15 s that a user may have to wait. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(6);

  private static final long TICK_MILLIS = 200;

  private final Map<PartName, RunningPart> parts = new EnumMap<>(PartName.class);
  private final ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();
  private final Children children;
  private final InstantSource clock;
  private final StackObserver observer;
  private volatile boolean closed;

  private Stack(Children children, InstantSource clock, StackObserver observer) {
    this.children = children;
    this.clock = clock;
    this.observer = observer;
  }

  /** A stack of these parts, none of which is started yet. */
  public static Stack of(
      List<Part> parts, StackFolder folder, InstantSource clock, StackObserver observer)
      throws IOException {
    Children children = Children.guarded();
    Stack stack = new Stack(children, clock, observer);
    for (Part part : parts) {
      stack.parts.put(
          part.name(),
          new RunningPart(
              part, folder, children, clock, status -> observer.ended(part.name(), status)));
    }
    return stack;
  }

  /**
   * Starts all parts and waits until all are ready.
   *
   * @throws PartFailedException when one does not get ready; the others run until {@link #close}
   */
  public void start() throws PartFailedException, InterruptedException {
    Instant begin = clock.instant();
    CompletionService<PartName> starts = new ExecutorCompletionService<>(starters);
    Set<PartName> missing = ConcurrentHashMap.newKeySet();
    for (RunningPart part : parts.values()) {
      missing.add(part.part().name());
      starts.submit(() -> startOne(part));
    }
    try {
      while (!missing.isEmpty()) {
        observer.starting(
            new EnumMap<>(parts).keySet().stream().filter(missing::contains).toList(),
            Duration.between(begin, clock.instant()));
        Future<PartName> started = starts.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (started != null) {
          missing.remove(started.get());
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PartFailedException failed) {
        throw failed;
      }
      throw new IllegalStateException("a part cannot be started", e.getCause());
    }
  }

  private PartName startOne(RunningPart part) throws PartFailedException, InterruptedException {
    part.prepare();
    for (PartName need : part.part().needs()) {
      RunningPart needed = parts.get(need);
      if (needed != null) {
        needed.awaitReady();
      }
    }
    Instant begin = clock.instant();
    part.start();
    PartName name = part.part().name();
    observer.ready(name, Duration.between(begin, clock.instant()));
    return name;
  }

  /**
   * Stops one part, if it runs, starts it again and waits until it is ready.
   *
   * @return how long the start took
   * @throws PartFailedException when it does not get ready; the others run on
   */
  public synchronized Duration restart(PartName name)
      throws PartFailedException, InterruptedException {
    RunningPart part = parts.get(name);
    if (part == null || closed) {
      throw new IllegalStateException(name.text() + " is not part of this stack");
    }
    part.stop(STOP_PATIENCE);
    part.allowStart();
    part.prepare();
    Instant begin = clock.instant();
    part.start();
    return Duration.between(begin, clock.instant());
  }

  /** Stops everything. Done again, it changes nothing. */
  @Override
  public void close() {
    closed = true;
    starters.shutdownNow();
    stopAll(EnumSet.complementOf(EnumSet.copyOf(FOUNDATION)));
    stopAll(FOUNDATION);
    children.close();
  }

  private void stopAll(Set<PartName> names) {
    List<Thread> stops =
        parts.values().stream()
            .filter(part -> names.contains(part.part().name()))
            .map(part -> Thread.ofVirtual().start(() -> part.stop(STOP_PATIENCE)))
            .toList();
    for (Thread stop : stops) {
      try {
        stop.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
