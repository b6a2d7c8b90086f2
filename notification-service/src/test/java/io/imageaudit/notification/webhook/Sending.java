package io.imageaudit.notification.webhook;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.net.HostLookup;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

/** A sender of its own. */
final class Sending implements AutoCloseable {

  static final int LOOKUPS = 8;
  static final Duration TOTAL = Duration.ofSeconds(3);

  private final CloseableHttpClient client;
  private final HttpWebhookSender sender;
  private final SecureRandom random = new SecureRandom();

  Sending(HostLookup lookup, boolean allowLoopback) {
    this(lookup, allowLoopback, DefaultClientTlsStrategy.createDefault());
  }

  Sending(HostLookup lookup, boolean allowLoopback, TlsSocketStrategy tls) {
    this(lookup, allowLoopback, tls, 64);
  }

  /** A sender to this machine that opens only so many connections to a receiver. */
  static Sending withConnections(int mostPerReceiver) {
    return new Sending(
        HostLookup.system(), true, DefaultClientTlsStrategy.createDefault(), mostPerReceiver);
  }

  private Sending(
      HostLookup lookup, boolean allowLoopback, TlsSocketStrategy tls, int mostPerReceiver) {
    WebhookSettings settings =
        new WebhookSettings(
            Duration.ofSeconds(2), TOTAL, 2000, mostPerReceiver, "ImageAudit-Webhooks/1");
    OutboundSettings outbound =
        new OutboundSettings(
            allowLoopback,
            List.of("1-65535"),
            List.of(),
            List.of(),
            Duration.ofSeconds(1),
            LOOKUPS);
    OutboundGuard guard = new OutboundGuard(outbound, lookup);
    client = WebhookConfig.client(guard, settings, tls);
    sender = new HttpWebhookSender(client, guard, InstantSource.system(), settings);
  }

  WebhookReply send(URI url) {
    return sender.send(
        new WebhookMessage(
            url,
            "msg_1",
            WebhookMessage.JSON,
            "{}".getBytes(StandardCharsets.UTF_8),
            List.of(HmacKey.generate(random)),
            TraceParent.start(random)));
  }

  @Override
  public void close() throws IOException {
    sender.close();
    client.close();
  }
}
