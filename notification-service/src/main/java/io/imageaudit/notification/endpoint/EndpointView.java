package io.imageaudit.notification.endpoint;

import io.imageaudit.model.Verdict;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as its tenant sees it.
 *
 * @param endpointId identity
 * @param url of the receiver
 * @param subscribed whether the tenant subscribed it; else an audit named it as its callback
 * @param eventTypes what it wants to hear; none means all
 * @param verdicts which verdicts it wants to hear; none means all
 * @param form how messages are laid out
 * @param ed25519 whether messages are signed with Ed25519 too
 * @param state whether it is told anything
 * @param disabledReason why not: GONE, FAILING, UNVERIFIED or MANUAL
 * @param verifiedAt when it last answered a challenge
 * @param createdAt when it was first seen
 * @param updatedAt when it was last changed
 */
record EndpointView(
    UUID endpointId,
    String url,
    boolean subscribed,
    Set<String> eventTypes,
    Set<Verdict> verdicts,
    MessageForm form,
    boolean ed25519,
    Endpoint.State state,
    @Nullable String disabledReason,
    @Nullable Instant verifiedAt,
    Instant createdAt,
    Instant updatedAt) {}
