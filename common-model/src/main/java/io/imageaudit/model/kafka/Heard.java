package io.imageaudit.model.kafka;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditEvent;

/**
 * An event as it was heard.
 *
 * @param event what happened
 * @param saidBy the step that said it
 */
public record Heard<E extends AuditEvent>(E event, TraceParent saidBy) {}
