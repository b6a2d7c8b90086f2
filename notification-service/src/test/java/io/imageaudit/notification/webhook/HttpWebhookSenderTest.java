package io.imageaudit.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.net.HostLookup;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.model.net.OutboundSettings;
import io.imageaudit.notification.Receiver;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpWebhookSenderTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void a_signed_message_is_posted_and_the_answer_told() throws Exception {
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(204))) {
      WebhookReply reply = send(receiver.url("/hook?order=1"), true);
      assertThat(reply)
          .isEqualTo(new WebhookReply.Answered(204, null, WebhookReply.Wish.NONE, "", "127.0.0.1"));
      Receiver.Request request = receiver.requests("/hook?order=1").getFirst();
      assertThat(request.header("webhook-id")).isEqualTo("msg_1");
      assertThat(request.header("webhook-timestamp"))
          .isEqualTo(Long.toString(NOW.getEpochSecond()));
      assertThat(request.header("content-type")).startsWith("application/json");
      assertThat(request.header("user-agent")).isEqualTo("ImageAudit-Webhooks/1");
      assertThat(request.headers().firstValue("accept-encoding")).isEmpty();
      assertThat(TraceParent.parse(request.header("traceparent"))).isPresent();
    }
  }

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
    try (Receiver receiver =
        new Receiver(request ->
            request.path().equals("/moved")
                ? new Receiver.Answer(302, Map.of("Location", "/elsewhere"))
                : Receiver.Answer.of(200))) {
      assertThat(send(receiver.url("/moved"), true))
          .isInstanceOfSatisfying(
              WebhookReply.Answered.class, answer -> assertThat(answer.status()).isEqualTo(302));
      assertThat(receiver.requests("/elsewhere")).isEmpty();
    }
  }

  @Test
  void the_wish_to_be_left_alone_is_told() throws Exception {
    try (Receiver receiver =
        new Receiver(_ -> new Receiver.Answer(429, Map.of("Retry-After", "120")))) {
      assertThat(send(receiver.url("/busy"), true))
          .isInstanceOfSatisfying(
              WebhookReply.Answered.class,
              answer -> assertThat(answer.retryAfter()).isEqualTo(Duration.ofMinutes(2)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "abort-message, ABORT_MESSAGE",
    "' Disable ', DISABLE",
    "anything else, NONE",
  })
  void what_else_it_asks_for_is_told(String header, WebhookReply.Wish wish) throws Exception {
    try (Receiver receiver =
        new Receiver(_ -> new Receiver.Answer(400, Map.of("webhook-delivery", header)))) {
      assertThat(send(receiver.url("/wish"), true))
          .isInstanceOfSatisfying(
              WebhookReply.Answered.class, answer -> assertThat(answer.wish()).isEqualTo(wish));
    }
  }

  @Test
  void this_machine_is_refused_unless_allowed() throws Exception {
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      assertThat(send(receiver.url("/inside"), false)).isInstanceOf(WebhookReply.Refused.class);
      assertThat(receiver.requests("/inside")).isEmpty();
    }
  }

  @Test
  void a_receiver_that_drips_is_cut_off_at_the_total_time() throws Exception {
    try (RawServer server =
        new RawServer((socket, stop) -> {
          socket
              .getOutputStream()
              .write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
          while (!stop.await(100)) {
            socket.getOutputStream().write('x');
          }
        })) {
      long start = System.nanoTime();
      WebhookReply reply = send(server.url(), true);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(3900), Duration.ofSeconds(8));
      assertThat(reply)
          .isInstanceOfSatisfying(
              WebhookReply.Unreachable.class,
              failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.TIMEOUT));
    }
  }

  @Test
  void a_refused_connection_is_told_as_such() throws Exception {
    URI closed;
    try (Receiver receiver = new Receiver(_ -> Receiver.Answer.of(200))) {
      closed = receiver.url("/gone");
    }
    assertThat(send(closed, true))
        .isInstanceOfSatisfying(
            WebhookReply.Unreachable.class,
            failure -> assertThat(failure.fault()).isEqualTo(WebhookReply.Fault.CONNECT_FAILED));
  }

  private static WebhookReply send(URI url, boolean allowLoopback) throws Exception {
    WebhookSettings settings =
        new WebhookSettings(
            Duration.ofSeconds(2), Duration.ofSeconds(4), 100, 10, "ImageAudit-Webhooks/1");
    OutboundSettings outbound =
        new OutboundSettings(
            allowLoopback, List.of("1-65535"), List.of(), List.of(), Duration.ofSeconds(1), 4);
    OutboundGuard guard = new OutboundGuard(outbound, HostLookup.system());
    try (CloseableHttpClient client = new WebhookConfig().webhookClient(guard, settings);
        HttpWebhookSender sender =
            new HttpWebhookSender(client, guard, InstantSource.fixed(NOW), settings)) {
      return sender.send(message(url));
    }
  }

  private static WebhookMessage message(URI url) {
    SecureRandom random = new SecureRandom();
    return new WebhookMessage(
        url,
        "msg_1",
        WebhookMessage.JSON,
        "{}".getBytes(StandardCharsets.UTF_8),
        List.of(HmacKey.generate(random)),
        TraceParent.start(random));
  }
}
