package io.imageaudit.model.kafka;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells faults that pass by themselves, which are waited out, from others. */
public final class TransientFaults {

  private TransientFaults() {}

  /** Whether the fault, or one that it was caused by, is a database or broker that is away. */
  public static boolean passesByItself(Throwable fault) {
    return !isRefusedForGood(fault) && isAway(fault);
  }

  /** The broker is there, and will not take this event another time either. */
  private static boolean isRefusedForGood(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAway(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof TransientDataAccessException
          || cause instanceof DataAccessResourceFailureException
          || cause instanceof CannotCreateTransactionException
          || cause instanceof EventNotPublishedException
          || cause instanceof TransientFaultException
          || cause instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }
}
