package io.imageaudit.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a stored image.
 *
 * @param sha256 address of its bytes
 * @param format codec found in the bytes, lower case: jpeg, png, webp, gif, bmp
 * @param width pixels, EXIF orientation applied
 * @param height pixels, EXIF orientation applied
 * @param bytes size of the file, bytes
 * @param frames 1, or more for an animation
 * @param phash perceptual hash, hexadecimal, if it was made
 * @param parts frames and tiles, when there is more than one of either
 */
public record ImageFacts(
    ContentDigest sha256,
    String format,
    int width,
    int height,
    long bytes,
    int frames,
    @Nullable String phash,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ImageParts parts) {

  /** A picture of one frame that is looked at as a whole. */
  public ImageFacts(
      ContentDigest sha256,
      String format,
      int width,
      int height,
      long bytes,
      int frames,
      @Nullable String phash) {
    this(sha256, format, width, height, bytes, frames, phash, null);
  }
}
