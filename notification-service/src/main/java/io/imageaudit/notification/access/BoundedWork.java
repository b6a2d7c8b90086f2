package io.imageaudit.notification.access;

import java.util.function.Supplier;

/**
 * Does what the internal API is asked for in one transaction, within a time limit or not at all,
 * and only so much at a time: those who deliver share the connections.
 */
public interface BoundedWork {

  /** Does it; nothing of it stays when it takes too long or fails. */
  <T> T within(Supplier<T> work);
}
