package io.imageaudit.notification.endpoint;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A secret as its tenant sees it: never its text.
 *
 * @param secretId identity
 * @param kind what it is for
 * @param endpointId the one receiver that it is for; null when for all of the tenant
 * @param createdAt when it became the current one
 * @param expiresAt when it stops signing; null for the current one
 * @param publicKey what receivers verify with, for an Ed25519 key
 */
record SecretView(
    UUID secretId,
    SecretKind kind,
    @Nullable UUID endpointId,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable String publicKey) {}
