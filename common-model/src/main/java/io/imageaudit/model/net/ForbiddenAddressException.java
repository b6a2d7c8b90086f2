package io.imageaudit.model.net;

import java.net.UnknownHostException;

/**
 * A host may not be connected to: its name or one of its addresses is refused. The message is for
 * the operator's log, not for the tenant: it would tell what the network looks like from inside.
 */
public final class ForbiddenAddressException extends UnknownHostException {

  private static final long serialVersionUID = 1;

  ForbiddenAddressException(String host, String reason) {
    super(host + ": " + reason);
  }
}
