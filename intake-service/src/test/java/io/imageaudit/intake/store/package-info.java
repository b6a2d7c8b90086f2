/** Proves what its package promises. */
@NullMarked
package io.imageaudit.intake.store;

import org.jspecify.annotations.NullMarked;
