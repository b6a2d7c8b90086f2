package io.imageaudit.worker.record;

import io.imageaudit.model.event.AuditConcluded;
import io.imageaudit.model.event.AuditIngested;
import org.jspecify.annotations.Nullable;

/**
 * One verdict and everything needed to repeat it.
 *
 * @param concluded what is said to the other services, with what it rests on
 * @param unfinished what to judge again, when a check was away that may look later
 * @param reuseKey names what the verdict depends on, when it may count for other audits
 */
public record AuditRecord(
    AuditConcluded concluded, @Nullable AuditIngested unfinished, @Nullable String reuseKey) {}
