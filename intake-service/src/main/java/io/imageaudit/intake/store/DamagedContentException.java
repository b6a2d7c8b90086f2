package io.imageaudit.intake.store;

import io.imageaudit.model.ContentDigest;
import java.io.IOException;

/**
 * The bytes in the store are not those of the digest they are kept under. That does not pass by
 * itself: whoever keeps the same content again puts it right.
 */
public final class DamagedContentException extends IOException {

  private static final long serialVersionUID = 1;

  DamagedContentException(ContentDigest sha256) {
    super(sha256 + ": the stored bytes have another digest");
  }
}
