package io.imageaudit.benchmark.scaling;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Worker processes that share the work. */
final class Workers implements AutoCloseable {

  /** Threads of one worker that hear events: members of its group. */
  private static final int CONSUMERS = 4;

  private final Bench bench;
  private final Backlog backlog;
  private final Map<String, Object> settings;
  private final Deque<Program> running = new ArrayDeque<>();

  Workers(Bench bench, Backlog backlog, Map<String, Object> settings) {
    this.bench = bench;
    this.backlog = backlog;
    this.settings = settings;
  }

  /** Starts or stops workers until there are so many, and waits until they share the work. */
  void become(int count) throws Exception {
    while (running.size() < count) {
      running.push(start());
    }
    while (running.size() > count) {
      running.pop().close();
    }
    backlog.awaitConsumers(CONSUMERS * count);
  }

  private Program start() throws IOException, InterruptedException {
    Map<String, Object> own = new LinkedHashMap<>(settings);
    own.put("server.port", SimulatedModel.freePort());
    own.put("image-audit.audit.consumers", CONSUMERS);
    return bench.program("audit-worker", List.of("-Xmx320m", "-XX:+UseSerialGC"), own);
  }

  /** CPU time that all of them have taken so far. */
  Duration cpuTime() {
    return running.stream()
        .flatMap(each -> each.process().info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() throws InterruptedException {
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }
}
