package io.imageaudit.worker.audit;

import io.imageaudit.model.kafka.TransientFaultException;
import java.util.concurrent.TimeoutException;

/** A check cannot look now; its audit has time to wait. The record is read again. */
final class CheckAwayException extends TransientFaultException {

  private static final long serialVersionUID = 1;

  CheckAwayException(String reason) {
    super("a check cannot look yet", new TimeoutException(reason));
  }
}
