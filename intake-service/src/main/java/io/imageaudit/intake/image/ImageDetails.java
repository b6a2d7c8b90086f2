package io.imageaudit.intake.image;

import io.imageaudit.model.ImageParts;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an image beyond its facts.
 *
 * @param hashQuality how much its perceptual hash means, 0..100
 * @param alpha whether parts may be transparent
 * @param colourProfile whether an ICC profile is embedded
 * @param exif what the camera or a program wrote
 * @param parts frames and tiles, as in the image's facts
 */
public record ImageDetails(
    int hashQuality, boolean alpha, boolean colourProfile, Exif exif, @Nullable ImageParts parts) {}
