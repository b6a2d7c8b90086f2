package io.imageaudit.benchmark.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The usual batcher: a batch goes when it is full or its first picture has waited for a fixed time,
 * however many are under way.
 */
final class TimerBatches implements PoissonArrivals.Asked, AutoCloseable {

  private static final Duration WAIT = Duration.ofMillis(5);

  private final SimulatedServer server;
  private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  TimerBatches(SimulatedServer server) {
    this.server = server;
    threads.execute(this::gather);
  }

  @Override
  public boolean ask(Instant deadline) {
    Waiting mine = new Waiting(deadline, new CompletableFuture<>());
    waiting.add(mine);
    try {
      return mine.answered().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void gather() {
    try {
      while (true) {
        List<Waiting> batch = new ArrayList<>(List.of(waiting.take()));
        long end = System.nanoTime() + WAIT.toNanos();
        while (batch.size() < SimulatedServer.LARGEST) {
          Waiting next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
          if (next == null) {
            break;
          }
          batch.add(next);
        }
        threads.execute(() -> {
          boolean answered = server.infer(batch.size(), batch.getLast().deadline());
          batch.forEach(each -> each.answered().complete(answered));
        });
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** A picture on its way. */
  private record Waiting(Instant deadline, CompletableFuture<Boolean> answered) {}
}
