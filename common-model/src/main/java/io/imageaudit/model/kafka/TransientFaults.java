package io.imageaudit.model.kafka;

import java.sql.SQLException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells faults that pass by themselves, which are waited out, from others. */
public final class TransientFaults {

  private TransientFaults() {}

  /** What a server says that became a standby: the service is about to find the new primary. */
  private static final String READ_ONLY = "25006";

  /** A text too long for an index, for example; Spring takes it for a resource that is away. */
  private static final String LIMIT_EXCEEDED = "54";

  /** Whether the fault, or one that it was caused by, is a database or broker that is away. */
  public static boolean passesByItself(Throwable fault) {
    boolean away = false;
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said && said.getSQLState() != null) {
        if (said.getSQLState().startsWith(LIMIT_EXCEEDED)) {
          return false;
        }
        away |= said.getSQLState().equals(READ_ONLY);
      }
      if (cause instanceof RecordTooLargeException) { // Nor will the broker take it another time.
        return false;
      }
      away |= isAway(cause);
    }
    return away;
  }

  private static boolean isAway(Throwable cause) {
    return cause instanceof TransientDataAccessException
        || cause instanceof DataAccessResourceFailureException
        || cause instanceof CannotCreateTransactionException
        || cause instanceof EventNotPublishedException
        || cause instanceof TransientFaultException
        || cause instanceof RetriableException;
  }
}
