package io.imageaudit.worker.image;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.TenantId;
import java.io.IOException;

/** The content store, as far as the worker reads it. */
public interface ImageBytes {

  /**
   * The bytes of an image, proven to be the ones that the address names.
   *
   * @throws WrongBytesException when they are not there or are not those: for good
   * @throws IOException when they cannot be read: the store is away
   */
  byte[] read(TenantId tenant, ContentDigest digest) throws IOException;
}
