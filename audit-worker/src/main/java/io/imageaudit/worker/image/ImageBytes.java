package io.imageaudit.worker.image;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;

/** The content store, as far as the worker reads it. */
public interface ImageBytes {

  /**
   * The bytes of an image, proven to be the ones that the address names.
   *
   * @throws IOException when they are not there, are not those, or cannot be read
   */
  byte[] read(TenantId tenant, ContentDigest digest) throws IOException;
}
