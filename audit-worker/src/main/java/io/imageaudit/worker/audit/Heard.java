package io.imageaudit.worker.audit;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditIngested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event and the step that it is heard in.
 *
 * @param event what was heard
 * @param trace the step
 * @param entry what Kafka holds of it
 */
record Heard(
    AuditIngested event, TraceParent trace, ConsumerRecord<String, byte @Nullable []> entry) {}
