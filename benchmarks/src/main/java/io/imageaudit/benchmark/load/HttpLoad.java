package io.imageaudit.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongBinaryOperator;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over many kept-alive connections. In a closed load each connection sends the next
 * request when the last is answered; in an open load requests are due at a fixed rate, whatever the
 * answers do, and a request's latency counts from when it was due (no coordinated omission).
 */
public final class HttpLoad {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final long HIGHEST_NANOS = Duration.ofMinutes(5).toNanos();

  private final InetSocketAddress address;
  private final LongFunction<byte[]> requests;

  /**
   * Load for one server.
   *
   * @param requests the whole HTTP/1.1 request with this number, from 0
   */
  public HttpLoad(InetSocketAddress address, LongFunction<byte[]> requests) {
    this.address = address;
    this.requests = requests;
  }

  /**
   * A whole request with a body.
   *
   * @param headers name and value of further headers
   */
  public static byte[] request(
      String method, String target, Map<String, String> headers, byte[] body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Host", "127.0.0.1");
    all.put("Content-Length", Integer.toString(body.length));
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return Connection.request(head.append("\r\n").toString(), body);
  }

  /** Each connection sends the next request when the last is answered. */
  public LoadResult closed(int connections, Duration time) throws Exception {
    return run(connections, time, (_, _) -> System.nanoTime());
  }

  /** Requests are due at a rate per second, shared by the connections. */
  public LoadResult open(int connections, double rate, Duration time) throws Exception {
    return run(connections, time, (start, number) -> start + (long) (number * 1e9 / rate));
  }

  private LoadResult run(int connections, Duration time, LongBinaryOperator due) throws Exception {
    AtomicLong numbers = new AtomicLong();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Future<Tally>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        running.add(threads.submit(() -> converse(numbers, due, start, end)));
      }
    }
    Tally all = new Tally();
    for (Future<Tally> each : running) {
      all.add(each.get());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new LoadResult(all.statuses, all.faults, all.latencies, seconds);
  }

  private Tally converse(AtomicLong numbers, LongBinaryOperator due, long start, long end) {
    Tally tally = new Tally();
    Connection connection = null;
    while (true) {
      long number = numbers.getAndIncrement();
      long at = due.applyAsLong(start, number);
      if (at >= end) {
        close(connection);
        return tally;
      }
      await(at);
      try {
        if (connection == null) {
          connection = Connection.to(address, PATIENCE_MILLIS);
        }
        int status = connection.exchange(requests.apply(number));
        tally.answered(status, System.nanoTime() - at);
        if (!connection.isKeptAlive()) {
          close(connection);
          connection = null;
        }
      } catch (IOException _) {
        tally.faults++;
        close(connection);
        connection = null;
      }
    }
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException _) {
        // It is of no more use either way.
      }
    }
  }

  /** What one connection saw. */
  private static final class Tally {

    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Histogram latencies = new Histogram(HIGHEST_NANOS, 2);
    private long faults;

    void answered(int status, long nanos) {
      statuses.merge(status, 1L, Long::sum);
      latencies.recordValue(Math.min(nanos, HIGHEST_NANOS));
    }

    void add(Tally other) {
      other.statuses.forEach((status, count) -> statuses.merge(status, count, Long::sum));
      latencies.add(other.latencies);
      faults += other.faults;
    }
  }
}
