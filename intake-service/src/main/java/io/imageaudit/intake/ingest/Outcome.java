package io.imageaudit.intake.ingest;

import io.imageaudit.intake.fetch.FetchReceipt;
import io.imageaudit.model.event.AuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * How an ingestion ended.
 *
 * @param event to say
 * @param receipt where the bytes came from, if they were fetched
 */
record Outcome(AuditEvent event, @Nullable FetchReceipt receipt) {}
