package io.imageaudit.gateway.status;

import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import java.util.List;

/** What is known of each audit: it advances with each event and never goes back. */
interface AuditProgress {

  /**
   * Takes events up, in the order in which they were heard. Events heard before change nothing.
   *
   * @return those that end their audit for the first time
   * @throws org.springframework.dao.DataAccessException when the database cannot take them; some
   *     may have been taken up
   */
  List<AuditConcluded> advance(List<AuditEvent> events);
}
