package io.imageaudit.worker.batch;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * An item on its way.
 *
 * @param item what is asked about
 * @param since when it came, as {@link System#nanoTime} counts
 * @param deadline when an answer is of no more use to it
 * @param result what became of it
 * @param <I> an item
 * @param <O> what became of an item
 */
record Waiting<I, O>(I item, long since, Instant deadline, CompletableFuture<O> result) {}
