package io.imageaudit.notification.webhook;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.net.ForbiddenAddressException;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Posts with Apache HttpClient, through the outbound guard.
 *
 * <p>The client's own time limits count from byte to byte, so a receiver that drips would hold an
 * attempt for ever: a timer ends the whole of it, whatever it is waiting for, a look-up excepted,
 * which the guard limits.
 */
final class HttpWebhookSender implements WebhookSender, AutoCloseable {

  static final int EXCERPT_BYTES = 16 << 10;

  private final CloseableHttpClient client;
  private final OutboundGuard guard;
  private final InstantSource clock;
  private final Duration totalTimeout;
  private final String userAgent;
  private final ScheduledThreadPoolExecutor timer;

  HttpWebhookSender(
      CloseableHttpClient client,
      OutboundGuard guard,
      InstantSource clock,
      WebhookSettings settings) {
    this.client = client;
    this.guard = guard;
    this.clock = clock;
    this.totalTimeout = settings.totalTimeout();
    this.userAgent = settings.userAgent();
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("webhook-deadline").factory());
    this.timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public WebhookReply send(WebhookMessage message) {
    Optional<Refusal> refusal = guard.inspect(message.url());
    if (refusal.isPresent()) {
      return new WebhookReply.Refused("The address " + refusal.get().message() + ".");
    }
    HttpPost post = request(message);
    AtomicBoolean expired = new AtomicBoolean();
    Future<?> deadline =
        timer.schedule(
            () -> {
              expired.set(true);
              // Cancelling closes a socket, which may take a moment: never on the timer's thread.
              Thread.startVirtualThread(post::cancel);
            },
            totalTimeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return exchange(message, post);
    } catch (ForbiddenAddressException _) {
      return new WebhookReply.Refused("The address is not a public one.");
    } catch (IOException | RuntimeException e) {
      // The client throws a RuntimeException at some answers, a status below 1 for example.
      return NoAnswer.because(e, expired.get());
    } finally {
      deadline.cancel(false);
    }
  }

  private WebhookReply exchange(WebhookMessage message, HttpPost post) throws IOException {
    try {
      return exchangeOnce(message, post);
    } catch (StaleConnectionException _) {
      return exchangeOnce(message, post);
    }
  }

  private WebhookReply exchangeOnce(WebhookMessage message, HttpPost post) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    ClassicHttpResponse response =
        client.executeOpen(HttpHost.create(message.url()), post, context);
    boolean readToEnd = false;
    try {
      byte[] beginning = beginning(response);
      readToEnd = beginning.length < EXCERPT_BYTES;
      return new WebhookReply.Answered(
          response.getCode(),
          retryAfter(response),
          wish(response),
          Excerpt.of(new String(beginning, StandardCharsets.UTF_8)),
          address(context));
    } finally {
      finish(post, response, readToEnd);
    }
  }

  /** Closing alone would read the rest of the body first, however long it is. */
  private static void finish(HttpPost post, ClassicHttpResponse response, boolean readToEnd) {
    if (!readToEnd) {
      post.cancel();
    }
    try {
      response.close();
    } catch (IOException _) {
      // The connection is given up; what was read of the answer counts.
    }
  }

  private HttpPost request(WebhookMessage message) {
    long timestamp = clock.instant().getEpochSecond();
    HttpPost post = new HttpPost(message.url());
    post.setEntity(new ByteArrayEntity(message.body(), ContentType.parse(message.contentType())));
    post.setHeader("User-Agent", userAgent);
    post.setHeader("webhook-id", message.id());
    post.setHeader("webhook-timestamp", Long.toString(timestamp));
    post.setHeader("webhook-signature", signatures(message, timestamp));
    post.setHeader(TraceParent.HEADER, message.trace().toString());
    return post;
  }

  private static String signatures(WebhookMessage message, long timestamp) {
    return message.keys().stream()
        .map(key -> key.sign(message.id(), timestamp, message.body()))
        .collect(Collectors.joining(" "));
  }

  private @Nullable Duration retryAfter(ClassicHttpResponse response) {
    var header = response.getFirstHeader("Retry-After");
    return header == null ? null : RetryAfter.parse(header.getValue(), clock.instant());
  }

  private static WebhookReply.Wish wish(ClassicHttpResponse response) {
    var header = response.getFirstHeader("webhook-delivery");
    return WebhookReply.Wish.of(header == null ? null : header.getValue());
  }

  private static byte[] beginning(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    InputStream body = entity.getContent();
    return body.readNBytes(EXCERPT_BYTES);
  }

  private static @Nullable String address(HttpClientContext context) {
    EndpointDetails endpoint = context.getEndpointDetails();
    SocketAddress remote = endpoint == null ? null : endpoint.getRemoteAddress();
    return remote instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : null;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
