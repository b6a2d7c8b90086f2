package io.imageaudit.intake.image;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment of a decoding process. Of ours it gets what a Java platform needs and nothing
 * else: a decoder that a picture has taken over finds no credential in it, and what is meant for
 * this service's own platform (agents, options) does not start in each of its helpers.
 */
final class DecoderEnvironment {

  private static final Set<String> HANDED_ON =
      Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH");

  private DecoderEnvironment() {}

  /**
   * The environment.
   *
   * @param limits held by the decoder too, for headers that it reads otherwise than we do
   * @param ours this process's own
   */
  static Map<String, String> of(ImageSettings limits, Map<String, String> ours) {
    Map<String, String> environment = new HashMap<>(ours);
    environment.keySet().retainAll(HANDED_ON);
    environment.put("OPENCV_LOG_LEVEL", "SILENT");
    environment.put("OPENCV_IO_MAX_IMAGE_PIXELS", String.valueOf(limits.maxPixels()));
    environment.put("OPENCV_IO_MAX_IMAGE_WIDTH", String.valueOf(limits.maxSide()));
    environment.put("OPENCV_IO_MAX_IMAGE_HEIGHT", String.valueOf(limits.maxSide()));
    return Map.copyOf(environment);
  }
}
