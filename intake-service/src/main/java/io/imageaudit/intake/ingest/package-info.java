/**
 * The step itself: hears AuditSubmitted, says AuditIngested, or AuditConcluded when there is no
 * image to judge.
 */
@NullMarked
package io.imageaudit.intake.ingest;

import org.jspecify.annotations.NullMarked;
