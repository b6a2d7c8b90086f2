package io.imageaudit.model.kafka;

import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditEvent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.event.AuditNotified;
import io.imageaudit.model.event.AuditSubmitted;
import java.util.List;

/**
 * A topic and the one kind of event that it carries, keyed by audit id.
 *
 * @param name of the topic
 * @param payload the event
 * @param eventType value of the header {@value #EVENT_TYPE}
 * @param <E> the event
 */
public record EventTopic<E extends AuditEvent>(String name, Class<E> payload, String eventType) {

  /** Name of the topic of {@link #SUBMITTED}. */
  public static final String SUBMITTED_NAME = "image-audit.submitted";

  /** Name of the topic of {@link #INGESTED}. */
  public static final String INGESTED_NAME = "image-audit.ingested";

  /** Name of the topic of {@link #CONCLUDED}. */
  public static final String CONCLUDED_NAME = "image-audit.concluded";

  /** Name of the topic of {@link #NOTIFIED}. */
  public static final String NOTIFIED_NAME = "image-audit.notified";

  /** Accepted images: from the gateway to intake. */
  public static final EventTopic<AuditSubmitted> SUBMITTED =
      new EventTopic<>(SUBMITTED_NAME, AuditSubmitted.class, "audit-submitted");

  /** Stored images: from intake to the workers. */
  public static final EventTopic<AuditIngested> INGESTED =
      new EventTopic<>(INGESTED_NAME, AuditIngested.class, "audit-ingested");

  /** Ended audits: from whoever ends one to notification and the gateway. */
  public static final EventTopic<AuditConcluded> CONCLUDED =
      new EventTopic<>(CONCLUDED_NAME, AuditConcluded.class, "audit-concluded");

  /** Ended deliveries: from notification to the gateway. */
  public static final EventTopic<AuditNotified> NOTIFIED =
      new EventTopic<>(NOTIFIED_NAME, AuditNotified.class, "audit-notified");

  /** Header that names the kind of event. */
  public static final String EVENT_TYPE = "event-type";

  /** Header that holds the version of the event's form, a decimal number. */
  public static final String EVENT_VERSION = "event-version";

  /** The version of all events' forms so far. */
  public static final String CURRENT_VERSION = "1";

  private static final String DEAD_LETTERS = ".dlt";

  /** All topics that carry events. */
  public static List<EventTopic<?>> all() {
    return List.of(SUBMITTED, INGESTED, CONCLUDED, NOTIFIED);
  }

  /** Name of the topic for records of this one that could not be processed. */
  public String deadLetters() {
    return deadLettersOf(name);
  }

  static String deadLettersOf(String topic) {
    return topic + DEAD_LETTERS;
  }
}
