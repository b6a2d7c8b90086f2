package io.imageaudit.worker.batch;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * An item on its way.
 *
 * @param item what is asked about
 * @param since when it came
 * @param deadline when an answer is of no more use to it
 * @param result what became of it
 * @param <I> an item
 * @param <O> what became of an item
 */
record Waiting<I, O>(I item, Instant since, Instant deadline, CompletableFuture<O> result) {}
