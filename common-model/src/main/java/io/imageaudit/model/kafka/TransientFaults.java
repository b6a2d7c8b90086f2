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
    boolean away = false;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (isForGood(cause)) {
        return false;
      }
      away |= isAway(cause);
    }
    return away;
  }

  /** Neither the database nor the broker will take it another time. */
  private static boolean isForGood(Throwable cause) {
    return JdbcFaults.isLimit(cause) || cause instanceof RecordTooLargeException;
  }

  private static boolean isAway(Throwable cause) {
    return cause instanceof TransientDataAccessException
        || cause instanceof DataAccessResourceFailureException
        || cause instanceof CannotCreateTransactionException
        || cause instanceof EventNotPublishedException
        || cause instanceof TransientFaultException
        || cause instanceof RetriableException
        || JdbcFaults.isStandby(cause);
  }
}
