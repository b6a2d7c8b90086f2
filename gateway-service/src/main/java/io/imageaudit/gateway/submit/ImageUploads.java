package io.imageaudit.gateway.submit;

import io.imageaudit.model.ImageSource;
import io.imageaudit.model.TenantId;
import io.imageaudit.model.TraceParent;

/** Where images go that come with a request. */
interface ImageUploads {

  /** Hands the bytes on, as a stream, and waits until they are stored. */
  Outcome store(TenantId tenant, OfferedImage.Content image, TraceParent trace);

  /** What became of an upload. */
  sealed interface Outcome {

    /**
     * It is stored.
     *
     * @param image where
     */
    record Stored(ImageSource.Stored image) implements Outcome {}

    /** The store does not take that many bytes. */
    record TooLarge() implements Outcome {}

    /** The store is away or busy. */
    record Unavailable() implements Outcome {}
  }
}
