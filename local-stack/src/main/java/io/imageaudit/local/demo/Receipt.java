package io.imageaudit.local.demo;

/** What became of a submission. */
sealed interface Receipt {

  /** It will be audited. */
  record Accepted(String auditId, long atNanos) implements Receipt {}

  /** It was refused at the door. */
  record Refused(String code, String why) implements Receipt {}
}
