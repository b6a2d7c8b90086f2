/** The whole stack: parts in order, all stopped when one fails, and commands from elsewhere. */
@NullMarked
package io.imageaudit.local.stack;

import org.jspecify.annotations.NullMarked;
