package io.imageaudit.notification.endpoint;

import io.imageaudit.model.Verdict;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant wants a receiver to be told.
 *
 * @param url of the receiver
 * @param eventTypes what it wants to hear; none means all
 * @param verdicts which verdicts it wants to hear; none means all
 * @param form how messages are laid out
 * @param ed25519 whether to sign with Ed25519 too
 * @param checksumUid the first part of what the checksum is made of, for that form
 */
record EndpointWish(
    URI url,
    Set<String> eventTypes,
    Set<Verdict> verdicts,
    MessageForm form,
    boolean ed25519,
    @Nullable String checksumUid) {

  /** Copies the sets. */
  EndpointWish {
    eventTypes = Set.copyOf(eventTypes);
    verdicts = Set.copyOf(verdicts);
  }
}
