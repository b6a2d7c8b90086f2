package io.imageaudit.model.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up at most so many names at a time, and waits for none longer than its time. A look-up that
 * stalls keeps its permit until it ends, because it cannot be interrupted: stalled look-ups can
 * never pile up. Each runs on a platform thread of its own, because a native look-up would hold the
 * carrier of a virtual one. The names of one domain take at most a quarter of the look-ups.
 */
final class BoundedHostLookup implements HostLookup {

  private static final int DOMAINS_AT_A_TIME = 4;

  private final HostLookup lookup;
  private final Duration timeout;
  private final Semaphore permits;
  private final Shares domains;

  BoundedHostLookup(HostLookup lookup, Duration timeout, int concurrent) {
    this.lookup = lookup;
    this.timeout = timeout;
    this.permits = new Semaphore(concurrent);
    this.domains = new Shares(Math.max(1, concurrent / DOMAINS_AT_A_TIME));
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      if (!domains.enter(RegistrableDomain.of(host), timeout.toNanos())) {
        throw new LookupTimeoutException(host);
      }
      if (!permit(host, end)) {
        throw new LookupTimeoutException(host);
      }
      return start(host).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LookupTimeoutException(host);
    } catch (TimeoutException _) {
      throw new LookupTimeoutException(host);
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException(host);
      unknown.initCause(e.getCause());
      throw unknown;
    }
  }

  private boolean permit(String host, long end) throws InterruptedException {
    boolean permitted = false;
    try {
      permitted = permits.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return permitted;
    } finally {
      if (!permitted) {
        domains.leave(RegistrableDomain.of(host));
      }
    }
  }

  private FutureTask<List<InetAddress>> start(String host) {
    FutureTask<List<InetAddress>> task =
        new FutureTask<>(() -> {
          try {
            return lookup.lookup(host);
          } finally {
            permits.release();
            domains.leave(RegistrableDomain.of(host));
          }
        });
    Thread.ofPlatform().daemon().name("host-lookup").start(task);
    return task;
  }
}
