package io.imageaudit.notification.notify;

import java.net.URI;

/**
 * Where an event is told.
 *
 * @param url the address
 * @param endpoint the address by which its deliveries queue
 */
record Callback(URI url, String endpoint) {}
