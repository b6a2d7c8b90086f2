package io.imageaudit.intake.ingest;

import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditSubmitted;

/** Tells the other services how an ingestion ended. */
interface Announcements {

  /**
   * Says the event, and returns when it cannot get lost any more.
   *
   * @param event AuditIngested or AuditConcluded
   */
  void announce(AuditEvent event);

  /**
   * Puts a submission that cannot be ingested aside for people to look at, and returns when it
   * cannot get lost any more.
   *
   * @param fault why
   */
  void putAside(AuditSubmitted submitted, String fault);
}
