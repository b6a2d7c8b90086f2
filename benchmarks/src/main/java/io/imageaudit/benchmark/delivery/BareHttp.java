package io.imageaudit.benchmark.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/** Posts the same bodies to the same receivers with Apache HttpClient 5, and does nothing else. */
final class BareHttp implements AutoCloseable {

  private static final int SENDERS = 64;

  private final CloseableHttpClient client =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                  .setMaxConnTotal(1000)
                  .setMaxConnPerRoute(SENDERS)
                  .build())
          .disableRedirectHandling()
          .disableCookieManagement()
          .disableContentCompression()
          .disableAutomaticRetries()
          .build();
  private final Receivers receivers;
  private final byte[] body;

  BareHttp(Receivers receivers, String body) {
    this.receivers = receivers;
    this.body = body.getBytes(StandardCharsets.UTF_8);
  }

  /** Posts per second. */
  double perSecond(Duration time) {
    AtomicLong posted = new AtomicLong();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        threads.submit(() -> {
          int own = 0;
          for (int n = sender; System.nanoTime() < end; n += SENDERS) {
            post(receivers.url(n % Throughput.RECEIVERS));
            own++;
          }
          return posted.addAndGet(own);
        });
      }
    }
    return posted.get() / ((System.nanoTime() - start) / 1e9);
  }

  private void post(String url) throws IOException {
    HttpPost post = new HttpPost(url);
    post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    post.setHeader("webhook-id", "msg_" + UUID.randomUUID());
    post.setHeader("webhook-timestamp", "1764000000");
    post.setHeader("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=");
    client.execute(post, response -> response.getCode());
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
