package io.imageaudit.worker.image;

import io.imageaudit.model.ImageFacts;
import org.jspecify.annotations.Nullable;

/** Makes a picture of an image file. */
public interface ImageDecoder {

  /**
   * Decodes once for all who will look.
   *
   * @param bytes the file
   * @param facts what was found out about it when it was stored
   * @param detail the largest input side of all who will look, pixels
   */
  DecodeOutcome decode(byte[] bytes, ImageFacts facts, int detail);

  /**
   * What there is to know about a file of our own before it is decoded, at the price of decoding
   * it; images from outside were looked into when they were stored.
   *
   * @return nothing when it cannot be decoded
   */
  @Nullable ImageFacts inspect(byte[] bytes);
}
