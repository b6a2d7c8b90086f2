/**
 * Image bytes become one decoded picture, and the picture becomes the tensors that models ask for.
 */
@NullMarked
package io.imageaudit.worker.image;

import org.jspecify.annotations.NullMarked;
