package io.imageaudit.model.net;

import java.net.UnknownHostException;

/** A name could not be looked up in time. */
public final class LookupTimeoutException extends UnknownHostException {

  private static final long serialVersionUID = 1;

  LookupTimeoutException(String host) {
    super(host + ": not looked up in time");
  }
}
