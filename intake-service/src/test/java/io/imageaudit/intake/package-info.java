/** Proves the intake service with real servers and pictures made on the spot. */
@NullMarked
package io.imageaudit.intake;

import org.jspecify.annotations.NullMarked;
