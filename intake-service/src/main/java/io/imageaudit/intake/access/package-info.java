/** Lets only the other services of the suite use the internal calls. */
@NullMarked
package io.imageaudit.intake.access;

import org.jspecify.annotations.NullMarked;
