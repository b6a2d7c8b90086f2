/** One audit from event to event: hears that an image is stored, says how its audit ended. */
@NullMarked
package io.imageaudit.worker.audit;

import org.jspecify.annotations.NullMarked;
