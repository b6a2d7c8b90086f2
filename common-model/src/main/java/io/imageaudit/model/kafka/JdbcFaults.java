package io.imageaudit.model.kafka;

import java.sql.SQLException;

/** What a database says of itself by its SQLSTATE, where Spring's exceptions do not tell. */
final class JdbcFaults {

  private static final String READ_ONLY = "25006";
  private static final String LIMIT_EXCEEDED = "54";

  private JdbcFaults() {}

  /** It became a standby: the service is about to find the new primary. */
  static boolean isStandby(Throwable fault) {
    return state(fault).equals(READ_ONLY);
  }

  /** A text too long for an index, for example; Spring takes it for a resource that is away. */
  static boolean isLimit(Throwable fault) {
    return state(fault).startsWith(LIMIT_EXCEEDED);
  }

  private static String state(Throwable fault) {
    return fault instanceof SQLException said && said.getSQLState() != null
        ? said.getSQLState()
        : "";
  }
}
