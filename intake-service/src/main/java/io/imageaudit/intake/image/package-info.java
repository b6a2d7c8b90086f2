/**
 * Judges bytes: which format they have, what the headers say, and whether they decode to the end.
 */
@NullMarked
package io.imageaudit.intake.image;

import org.jspecify.annotations.NullMarked;
