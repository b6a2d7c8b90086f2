package io.imageaudit.worker.image;

import io.imageaudit.model.ImageFacts;

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
}
