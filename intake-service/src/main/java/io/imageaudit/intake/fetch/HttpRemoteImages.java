package io.imageaudit.intake.fetch;

import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.net.ForbiddenAddressException;
import io.imageaudit.model.net.LookupTimeoutException;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.Refusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Downloads by HTTP. Every address, the first and each redirect's, is inspected by the guard before
 * a request is made, and the guard's resolver pins where the connection goes. The caller never
 * waits longer than the deadline, whatever the server, its name server or the client do.
 */
final class HttpRemoteImages implements RemoteImages {

  private static final Logger LOG = LoggerFactory.getLogger(HttpRemoteImages.class);
  private static final int OK = 200;

  private final OutboundGuard guard;
  private final HttpHop hops;
  private final FetchSettings settings;
  private final InstantSource clock;

  HttpRemoteImages(OutboundGuard guard, HttpHop hops, FetchSettings settings, InstantSource clock) {
    this.guard = guard;
    this.hops = hops;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public FetchOutcome fetch(URI address, Duration atMost) throws IOException {
    Duration limit = atMost.compareTo(settings.deadline()) < 0 ? atMost : settings.deadline();
    Download download = new Download(System.nanoTime() + limit.toNanos());
    Map<String, String> context = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
    FutureTask<FetchOutcome> task =
        new FutureTask<>(() -> {
          MDC.setContextMap(context); // What this thread logs names the audit too.
          return follow(address, download);
        });
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

  private FetchOutcome follow(URI start, Download download) throws IOException {
    URI address = start;
    for (int redirects = 0; redirects <= settings.maxRedirects(); redirects++) {
      Optional<Refusal> refusal = guard.inspect(address);
      if (refusal.isPresent()) {
        return failed(
            FailureCode.FETCH_FORBIDDEN_ADDRESS,
            "The address of the image " + refusal.get().message() + ".");
      }
      switch (attempt(address, download)) {
        case Hop.Arrived(var content, var connection) -> {
          return new FetchOutcome.Fetched(
              content, receipt(address, connection, redirects, download));
        }
        case Hop.DeadEnd(var failure) -> {
          return new FetchOutcome.NotFetched(failure);
        }
        case Hop.Onward(var target) -> {
          if (isDowngrade(address, target)) {
            return failed(
                FailureCode.FETCH_FORBIDDEN_ADDRESS, "The address redirects from https to http.");
          }
          address = target;
        }
      }
    }
    return failed(
        FailureCode.FETCH_HTTP_STATUS,
        "The address redirects more than " + settings.maxRedirects() + " times.");
  }

  /** One request, and a second one when the connection, not the server's answer, was at fault. */
  private Hop attempt(URI address, Download download) throws IOException {
    try {
      return hops.go(download.request(address), address);
    } catch (StagingException e) {
      throw e;
    } catch (IOException first) {
      if (!isConnectionFault(first)) {
        return deadEnd(address, first);
      }
      LOG.info("A download's connection failed; trying once more: {}.", said(first));
    }
    try {
      return hops.go(download.request(address), address);
    } catch (StagingException e) {
      throw e;
    } catch (IOException second) {
      return deadEnd(address, second);
    }
  }

  private FetchReceipt receipt(
      URI address, Connection connection, int redirects, Download download) {
    return new FetchReceipt(
        address,
        connection.connectedTo(),
        connection.tls(),
        OK,
        connection.contentType(),
        redirects,
        clock.instant(),
        download.millis());
  }

  private static boolean isConnectionFault(IOException fault) {
    return fault instanceof HttpHostConnectException
        || fault instanceof ConnectionClosedException
        || fault instanceof NoHttpResponseException
        || fault instanceof SocketException;
  }

  private static Hop deadEnd(URI address, IOException fault) {
    LOG.info("A download from host {} failed: {}.", address.getHost(), said(fault));
    return new Hop.DeadEnd(
        switch (fault) {
          case ForbiddenAddressException _ ->
              new Failure(
                  FailureCode.FETCH_FORBIDDEN_ADDRESS,
                  "The address of the image is not one of the public Internet.");
          case LookupTimeoutException _, InterruptedIOException _ ->
              new Failure(FailureCode.FETCH_TIMEOUT, "The image did not arrive in time.");
          default ->
              new Failure(
                  FailureCode.FETCH_UNREACHABLE, "The address of the image cannot be reached.");
        });
  }

  /** A fault may repeat what the server sent. */
  private static String said(IOException fault) {
    return ServerText.printable(fault.toString());
  }

  private static boolean isDowngrade(URI from, URI to) {
    return "https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme());
  }

  private static FetchOutcome timeout() {
    return failed(FailureCode.FETCH_TIMEOUT, "The image did not arrive in time.");
  }

  private static FetchOutcome failed(FailureCode code, String message) {
    return new FetchOutcome.NotFetched(new Failure(code, message));
  }
}
