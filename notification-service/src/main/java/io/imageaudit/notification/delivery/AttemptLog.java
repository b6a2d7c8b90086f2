package io.imageaudit.notification.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one attempt.
 *
 * @param startedAt when
 * @param took how long
 * @param address IP address that was connected to, if one was
 * @param status HTTP status, if there was an answer
 * @param fault class of the failure, if there was no answer
 * @param detail of the failure
 * @param excerpt beginning of the answer's body
 */
record AttemptLog(
    Instant startedAt,
    Duration took,
    @Nullable String address,
    @Nullable Integer status,
    @Nullable String fault,
    @Nullable String detail,
    @Nullable String excerpt) {}
