package io.imageaudit.intake.image;

import java.io.IOException;
import java.nio.file.Path;

/** Decodes a picture, to know whether it can be decoded and what it looks like. */
interface PixelDecoder extends AutoCloseable {

  /**
   * Decodes all of the first frame's data, and sees that those of all other frames are there.
   *
   * @param file of an accepted format, within the limits
   * @param header what its header says
   * @throws ImageFaultException when it does not decode to the picture that the header promises
   * @throws IOException when no decoder can be had
   */
  DecodedPicture decode(Path file, ImageHeader header) throws IOException;

  @Override
  void close();
}
