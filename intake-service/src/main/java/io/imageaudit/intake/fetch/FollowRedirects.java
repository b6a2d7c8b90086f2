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
import java.time.InstantSource;
import java.util.Optional;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows an address to its bytes. Every address, the first and each redirect's, is inspected by
 * the guard before a request is made, and the guard's resolver pins where the connection goes.
 */
final class FollowRedirects {

  private static final Logger LOG = LoggerFactory.getLogger(FollowRedirects.class);
  private static final int OK = 200;

  private final OutboundGuard guard;
  private final HttpHop hops;
  private final int maxRedirects;
  private final InstantSource clock;

  FollowRedirects(OutboundGuard guard, HttpHop hops, int maxRedirects, InstantSource clock) {
    this.guard = guard;
    this.hops = hops;
    this.maxRedirects = maxRedirects;
    this.clock = clock;
  }

  /**
   * Downloads from the address, or from where it redirects to.
   *
   * @throws IOException when the bytes cannot be written on our side
   */
  FetchOutcome follow(URI start, Download download) throws IOException {
    URI address = start;
    for (int redirects = 0; redirects <= maxRedirects; redirects++) {
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
        "The address redirects more than " + maxRedirects + " times.");
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

  private static FetchOutcome failed(FailureCode code, String message) {
    return new FetchOutcome.NotFetched(new Failure(code, message));
  }
}
