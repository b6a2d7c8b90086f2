package io.imageaudit.notification.delivery;

import io.imageaudit.notification.webhook.WebhookReply;

/** What an attempt says about the health of its endpoint. */
enum Signal {
  /** It takes what it is given. */
  SUCCESS,
  /** It does not take it. */
  FAILURE,
  /** It does not even answer in time. */
  TIMEOUT,
  /** Nothing: no connection was tried. */
  NONE;

  static Signal of(WebhookReply reply) {
    return switch (reply) {
      case WebhookReply.Answered answer -> answer.status() / 100 == 2 ? SUCCESS : FAILURE;
      case WebhookReply.Unreachable failure ->
          switch (failure.fault()) {
            case TIMEOUT -> TIMEOUT;
            case NO_CONNECTION_FREE, INTERNAL -> NONE;
            case UNKNOWN_HOST, CONNECT_FAILED, TLS_FAILED, BROKEN_REPLY -> FAILURE;
          };
      case WebhookReply.Refused _ -> NONE;
    };
  }
}
