/** The parts of the stack: how each is prepared, started and asked whether it is ready. */
@NullMarked
package io.imageaudit.local.part;

import org.jspecify.annotations.NullMarked;
