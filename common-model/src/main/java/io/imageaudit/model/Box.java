package io.imageaudit.model;

/**
 * A rectangle in the picture as people see it (EXIF orientation applied), in fractions of its width
 * and height, from the top left.
 *
 * @param x left edge, 0..1
 * @param y top edge, 0..1
 * @param width 0..1
 * @param height 0..1
 */
public record Box(double x, double y, double width, double height) {}
