/** Proves what its package promises. */
@NullMarked
package io.imageaudit.intake.image;

import org.jspecify.annotations.NullMarked;
