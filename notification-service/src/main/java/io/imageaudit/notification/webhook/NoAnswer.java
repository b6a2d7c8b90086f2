package io.imageaudit.notification.webhook;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Says why there was no answer. */
final class NoAnswer {

  private NoAnswer() {}

  /**
   * Names what was seen.
   *
   * @param expired whether the total time was over
   */
  static WebhookReply.Unreachable because(Exception seen, boolean expired) {
    String message = seen.getMessage();
    return new WebhookReply.Unreachable(
        fault(seen, expired),
        Excerpt.of(message == null ? seen.getClass().getSimpleName() : message));
  }

  private static WebhookReply.Fault fault(Exception seen, boolean expired) {
    return switch (seen) {
      case ConnectionRequestTimeoutException _ -> WebhookReply.Fault.NO_CONNECTION_FREE;
      case Exception _ when expired -> WebhookReply.Fault.TIMEOUT;
      case UnknownHostException _ -> WebhookReply.Fault.UNKNOWN_HOST;
      case ConnectTimeoutException _ -> WebhookReply.Fault.TIMEOUT;
      case HttpHostConnectException _ -> WebhookReply.Fault.CONNECT_FAILED;
      case ConnectException _ -> WebhookReply.Fault.CONNECT_FAILED;
      case NoRouteToHostException _ -> WebhookReply.Fault.CONNECT_FAILED;
      case SSLException _ -> WebhookReply.Fault.TLS_FAILED;
      case InterruptedIOException _ -> WebhookReply.Fault.TIMEOUT;
      default -> WebhookReply.Fault.BROKEN_REPLY;
    };
  }
}
