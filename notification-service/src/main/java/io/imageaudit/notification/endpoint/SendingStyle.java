package io.imageaudit.notification.endpoint;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one receiver is told.
 *
 * @param endpoint whose keys sign, if it has its own
 * @param form how messages are laid out
 * @param ed25519 whether to sign with Ed25519 too
 * @param checksumUid the first part of what the checksum is made of, for that form
 */
public record SendingStyle(
    UUID endpoint, MessageForm form, boolean ed25519, @Nullable String checksumUid) {}
