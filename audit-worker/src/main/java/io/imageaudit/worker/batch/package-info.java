/**
 * Items become batches. What waits is sent when a batch is full, when waiting longer would be of no
 * use, or when a deadline presses; how many batches may be under way is found out while it runs.
 *
 * <p>{@link io.imageaudit.worker.batch.Batcher} moves the items; each idea is a class of its own:
 * {@link io.imageaudit.worker.batch.SendRule} says when, {@link
 * io.imageaudit.worker.batch.FlightLimit} how many at a time, {@link
 * io.imageaudit.worker.batch.LatencyModel} how long a batch will take, {@link
 * io.imageaudit.worker.batch.SizeLimit} how large it may be, {@link
 * io.imageaudit.worker.batch.Bisection} which item breaks it.
 */
@NullMarked
package io.imageaudit.worker.batch;

import org.jspecify.annotations.NullMarked;
