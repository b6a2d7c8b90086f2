package io.imageaudit.intake.fetch;

import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.net.OutboundGuard;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Downloads by HTTP, each in its turn. The caller never waits longer than it said, and from its
 * turn on never longer than the deadline, whatever the server, its name server or the client do.
 */
final class HttpRemoteImages implements RemoteImages {

  private static final Logger LOG = LoggerFactory.getLogger(HttpRemoteImages.class);

  private final FollowRedirects redirects;
  private final FetchSettings settings;
  private final DownloadPlaces places;

  HttpRemoteImages(OutboundGuard guard, HttpHop hops, FetchSettings settings, InstantSource clock) {
    this.redirects = new FollowRedirects(guard, hops, settings.maxRedirects(), clock);
    this.settings = settings;
    this.places = new DownloadPlaces(settings.connectionsPerHost(), settings.connections());
  }

  @Override
  public FetchOutcome fetch(URI address, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    if (!enter(host, end)) {
      return timeout();
    }
    // The server's time begins when it is asked, not while others of ours are in the way.
    Duration left = Duration.ofNanos(end - System.nanoTime());
    Duration limit = left.compareTo(settings.deadline()) < 0 ? left : settings.deadline();
    Download download = new Download(System.nanoTime() + limit.toNanos());
    Map<String, String> context = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    return await(
        new FutureTask<>(() -> {
          MDC.setContextMap(context); // What this thread logs names the audit too.
          try {
            return redirects.follow(address, download);
          } finally {
            places.leave(host);
          }
        }),
        download,
        limit);
  }

  private boolean enter(String host, long end) throws InterruptedIOException {
    try {
      return places.enter(host, end);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("download interrupted");
    }
  }

  private static FetchOutcome await(
      FutureTask<FetchOutcome> task, Download download, Duration limit) throws IOException {
    Thread.ofVirtual().name("fetch").start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      abandon(task, download);
      return timeout();
    } catch (InterruptedException e) {
      abandon(task, download);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("download interrupted");
    } catch (ExecutionException e) {
      throw new IOException("the download cannot be kept", e.getCause());
    }
  }

  /** Cuts the connection; should the content arrive all the same, it is thrown away. */
  private static void abandon(FutureTask<FetchOutcome> task, Download download) {
    download.abandon();
    Thread.ofVirtual()
        .start(() -> {
          try {
            if (task.get() instanceof FetchOutcome.Fetched(var content, _)) {
              content.close();
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          } catch (ExecutionException | IOException e) {
            LOG.debug("An abandoned download ended.", e);
          }
        });
  }

  private static FetchOutcome timeout() {
    return new FetchOutcome.NotFetched(
        new Failure(FailureCode.FETCH_TIMEOUT, "The image did not arrive in time."));
  }
}
