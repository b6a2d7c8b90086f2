package io.imageaudit.intake.image;

/**
 * What decoding a picture showed.
 *
 * @param hash perceptual hash of the upright picture
 * @param preview for people
 */
record DecodedPicture(PerceptualHash hash, Preview preview) {}
