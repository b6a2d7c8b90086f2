package io.imageaudit.intake.upload;

import io.imageaudit.model.ContentDigest;

/**
 * Bytes that were kept.
 *
 * @param sha256 their address
 * @param bytes how many
 */
record ReceivedUpload(ContentDigest sha256, long bytes) {}
