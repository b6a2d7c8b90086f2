/** Proves what its package promises. */
@NullMarked
package io.imageaudit.intake.fetch;

import org.jspecify.annotations.NullMarked;
