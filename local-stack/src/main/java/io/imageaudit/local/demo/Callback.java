package io.imageaudit.local.demo;

import tools.jackson.databind.JsonNode;

/**
 * A callback.
 *
 * @param data the result of the audit
 * @param verified whether the signature is right
 * @param atNanos when it came, {@link System#nanoTime}
 */
record Callback(JsonNode data, boolean verified, long atNanos) {}
