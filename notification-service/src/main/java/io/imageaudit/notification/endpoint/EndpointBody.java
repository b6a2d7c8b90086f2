package io.imageaudit.notification.endpoint;

import io.imageaudit.model.Verdict;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.notification.access.InvalidRequestException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as a request names it; everything but the address may be left out.
 *
 * @param url of the receiver
 * @param eventTypes what it wants to hear; none means all
 * @param verdicts which verdicts it wants to hear; none means all
 * @param form how messages are laid out
 * @param ed25519 whether to sign with Ed25519 too
 * @param checksumUid the first part of what the checksum is made of, for that form
 */
record EndpointBody(
    @Nullable String url,
    @Nullable Set<String> eventTypes,
    @Nullable Set<Verdict> verdicts,
    @Nullable MessageForm form,
    @Nullable Boolean ed25519,
    @Nullable String checksumUid) {

  private static final Set<String> EVENT_TYPES =
      Set.of("image.audit.concluded", "image.audit.failed", "image.audit.expired");
  private static final int MOST_UID_CHARACTERS = 64;

  /**
   * What is wanted.
   *
   * @throws InvalidRequestException when a field is missing or not allowed
   */
  EndpointWish wish(OutboundGuard guard) {
    List<String> faults = new ArrayList<>();
    URI address = address(guard, faults);
    if (eventTypes != null && !EVENT_TYPES.containsAll(eventTypes)) {
      faults.add("event_types: must be of " + EVENT_TYPES.stream().sorted().toList());
    }
    if (checksumUid != null && checksumUid.length() > MOST_UID_CHARACTERS) {
      faults.add("checksum_uid: must not be longer than " + MOST_UID_CHARACTERS + " characters");
    }
    if (address == null || !faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return new EndpointWish(
        address,
        eventTypes == null ? Set.of() : eventTypes,
        verdicts == null ? Set.of() : verdicts,
        form == null ? MessageForm.STANDARD : form,
        Boolean.TRUE.equals(ed25519),
        checksumUid);
  }

  private @Nullable URI address(OutboundGuard guard, List<String> faults) {
    if (url == null) {
      faults.add("url: is required");
      return null;
    }
    try {
      URI address = URI.create(url);
      guard.inspect(address).ifPresent(refusal -> faults.add("url: " + refusal.message()));
      return address;
    } catch (IllegalArgumentException _) {
      faults.add("url: must be an absolute http or https address");
      return null;
    }
  }
}
