package io.imageaudit.worker.audit;

import java.time.Instant;

/**
 * When each step of looking at an image ended.
 *
 * @param start of the first step
 * @param read the bytes were there
 * @param decoded the picture was there
 * @param checked the last check had ended
 */
record Timings(Instant start, Instant read, Instant decoded, Instant checked) {}
