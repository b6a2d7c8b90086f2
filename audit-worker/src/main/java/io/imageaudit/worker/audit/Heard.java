package io.imageaudit.worker.audit;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditIngested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was heard.
 *
 * @param event what was heard
 * @param saidBy the step that said it
 * @param entry what Kafka holds of it
 */
record Heard(
    AuditIngested event, TraceParent saidBy, ConsumerRecord<String, byte @Nullable []> entry) {}
