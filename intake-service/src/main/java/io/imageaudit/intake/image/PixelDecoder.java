package io.imageaudit.intake.image;

import java.io.IOException;
import java.nio.file.Path;

/** Decodes a picture, to know whether it can be decoded. */
interface PixelDecoder {

  /**
   * Decodes all of a picture's data.
   *
   * @param file of an accepted format, within the limits
   * @param header what its header says
   * @throws ImageFaultException when it does not decode to the picture that the header promises
   * @throws IOException when the file cannot be read
   */
  void decode(Path file, ImageHeader header) throws IOException;
}
