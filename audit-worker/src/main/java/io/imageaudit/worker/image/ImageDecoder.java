package io.imageaudit.worker.image;

import io.imageaudit.model.ImageFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a picture of an image file. */
public interface ImageDecoder {

  /**
   * Decodes once for all who will look.
   *
   * @param bytes the file
   * @param facts what was found out about it when it was stored
   * @param detail the largest input side of all who will look, pixels
   * @param until when the picture is of no more use
   * @throws NoRoomException when there is no memory for it until then, or the worker stops
   */
  DecodeOutcome decode(byte[] bytes, ImageFacts facts, int detail, Instant until);

  /** The same, where no audit waits for it. */
  default DecodeOutcome decode(byte[] bytes, ImageFacts facts, int detail) {
    return decode(bytes, facts, detail, Instant.MAX);
  }

  /**
   * What there is to know about a file of our own before it is decoded, at the price of decoding
   * it; images from outside were looked into when they were stored.
   *
   * @return nothing when it cannot be decoded
   */
  @Nullable ImageFacts inspect(byte[] bytes);
}
