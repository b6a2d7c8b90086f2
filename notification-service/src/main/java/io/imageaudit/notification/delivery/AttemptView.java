package io.imageaudit.notification.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try as its tenant sees it.
 *
 * @param number which one, from 1; one whose maker was taken for gone, and the one that was made in
 *     its place, have the same
 * @param startedAt when
 * @param millis how long it took
 * @param address IP address that was connected to
 * @param status HTTP status, if there was an answer
 * @param fault why there was none
 * @param detail of the fault
 * @param excerpt beginning of the answer's body
 */
record AttemptView(
    int number,
    Instant startedAt,
    int millis,
    @Nullable String address,
    @Nullable Integer status,
    @Nullable String fault,
    @Nullable String detail,
    @Nullable String excerpt) {}
