package io.imageaudit.notification.endpoint;

import io.imageaudit.model.Verdict;
import io.imageaudit.model.net.OutboundGuard;
import io.imageaudit.notification.access.InvalidRequestException;
import io.imageaudit.notification.access.RequestChecks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
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
  static final int MOST_URL_CHARACTERS = 2048;

  /** As it is for the callback of a request; others could not be sent to as they are. */
  private static final Pattern PLAIN =
      Pattern.compile("[\\x21-\\x7e]{1," + MOST_URL_CHARACTERS + "}");

  private static final URI NONE = URI.create("");
  private static final int MOST_UID_CHARACTERS = 64;

  /**
   * What is wanted.
   *
   * @throws InvalidRequestException when a field is missing or not allowed
   */
  EndpointWish wish(OutboundGuard guard) {
    RequestChecks checks = new RequestChecks();
    URI address = address(guard, checks);
    if (eventTypes != null && !EVENT_TYPES.containsAll(eventTypes)) {
      checks.fault("event_types", "must be of " + EVENT_TYPES.stream().sorted().toList());
    }
    checks.text("checksum_uid", checksumUid, MOST_UID_CHARACTERS);
    checks.finish();
    return new EndpointWish(
        address,
        eventTypes == null ? Set.of() : eventTypes,
        verdicts == null ? Set.of() : verdicts,
        form == null ? MessageForm.STANDARD : form,
        Boolean.TRUE.equals(ed25519),
        checksumUid);
  }

  /** An address of any kind when there is a fault. */
  private URI address(OutboundGuard guard, RequestChecks checks) {
    if (url == null) {
      checks.fault("url", "is required");
      return NONE;
    }
    try {
      if (PLAIN.matcher(url).matches()) {
        URI address = new URI(url);
        guard.inspect(address).ifPresent(refusal -> checks.fault("url", refusal.message()));
        return address;
      }
    } catch (URISyntaxException _) {
      // Told below, together with what is not plain.
    }
    checks.fault(
        "url",
        "must be an absolute http or https address of at most "
            + MOST_URL_CHARACTERS
            + " ASCII characters");
    return NONE;
  }
}
