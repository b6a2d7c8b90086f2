package io.imageaudit.notification.webhook;

/** Makes one attempt to tell one receiver. */
public interface WebhookSender {

  /** Posts the message and waits for the answer, no longer than the configured total time. */
  WebhookReply send(WebhookMessage message);
}
