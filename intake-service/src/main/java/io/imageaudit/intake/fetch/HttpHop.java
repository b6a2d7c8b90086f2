package io.imageaudit.intake.fetch;

import io.imageaudit.intake.store.Staging;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Set;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one request of a download, without following anything. */
final class HttpHop {

  private static final Logger LOG = LoggerFactory.getLogger(HttpHop.class);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int OK = 200;

  private final HttpClient client;
  private final Staging staging;
  private final long maxBytes;

  HttpHop(HttpClient client, Staging staging, long maxBytes) {
    this.client = client;
    this.staging = staging;
    this.maxBytes = maxBytes;
  }

  /**
   * Sends the request and takes the answer.
   *
   * @param request whose cancelling ends it at once
   * @throws IOException when the connection fails
   */
  Hop go(HttpGet request, URI address) throws IOException {
    request.setHeader(HttpHeaders.ACCEPT, "image/*");
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, "identity");
    HttpClientContext context = HttpClientContext.create();
    ClassicHttpResponse response = client.executeOpen(host(request), request, context);
    try {
      return take(response, request, address, context);
    } catch (IOException e) {
      request.cancel();
      throw e;
    } finally {
      close(response);
    }
  }

  private static HttpHost host(HttpGet request) throws IOException {
    try {
      return RoutingSupport.determineHost(request);
    } catch (HttpException e) {
      throw new IOException("the address names no host", e);
    }
  }

  /** The rest of an answer that is not wanted is not read: its connection is cut. */
  private Hop take(
      ClassicHttpResponse response, HttpGet request, URI address, HttpClientContext context)
      throws IOException {
    int status = response.getCode();
    if (status == OK) {
      return body(response, request, Connection.of(context, response));
    }
    request.cancel();
    if (REDIRECTS.contains(status)) {
      return onward(response.getFirstHeader(HttpHeaders.LOCATION), address);
    }
    return deadEnd(
        FailureCode.FETCH_HTTP_STATUS, "The address answered with status " + status + ".");
  }

  /** A connection that was cut complains when it is given back; nothing depends on it. */
  private static void close(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException e) {
      LOG.trace("A connection was cut.", e);
    }
  }

  private Hop body(ClassicHttpResponse response, HttpGet request, Connection connection)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return deadEnd(FailureCode.NOT_AN_IMAGE, "The address answered with nothing.");
    }
    if (entity.getContentLength() > maxBytes) {
      request.cancel();
      return tooLarge();
    }
    LimitedInput input = new LimitedInput(entity.getContent(), maxBytes);
    try {
      return new Hop.Arrived(staging.receive(input, Long.MAX_VALUE), connection);
    } catch (IOException e) {
      request.cancel();
      if (input.isOverLimit()) {
        return tooLarge();
      }
      throw input.hasFailed() ? e : new StagingException(e);
    }
  }

  private Hop tooLarge() {
    return deadEnd(FailureCode.FETCH_TOO_LARGE, "The image is larger than " + maxBytes + " bytes.");
  }

  private static Hop onward(@Nullable Header location, URI address) {
    if (location == null || location.getValue() == null) {
      return deadEnd(FailureCode.FETCH_HTTP_STATUS, "The address redirects to nowhere.");
    }
    try {
      return new Hop.Onward(RedirectTarget.of(location.getValue(), address));
    } catch (IllegalArgumentException _) {
      return deadEnd(
          FailureCode.FETCH_FORBIDDEN_ADDRESS, "The address redirects to one that is not allowed.");
    }
  }

  private static Hop deadEnd(FailureCode code, String message) {
    return new Hop.DeadEnd(new Failure(code, message));
  }

  /** Tells a failing or endless server from a failing disk. */
  private static final class LimitedInput extends InputStream {

    private final InputStream content;
    private long left;
    private boolean failed;
    private boolean overLimit;

    LimitedInput(InputStream content, long limit) {
      this.content = content;
      this.left = limit;
    }

    boolean hasFailed() {
      return failed;
    }

    boolean isOverLimit() {
      return overLimit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read;
      try {
        read = content.read(buffer, offset, length);
      } catch (IOException e) {
        failed = true;
        throw e;
      }
      left -= Math.max(read, 0);
      if (left < 0) {
        failed = true;
        overLimit = true;
        throw new IOException("more bytes than allowed");
      }
      return read;
    }
  }
}
