package io.imageaudit.model;

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
 */
public record ImageFacts(
    ContentDigest sha256,
    String format,
    int width,
    int height,
    long bytes,
    int frames,
    @Nullable String phash) {}
