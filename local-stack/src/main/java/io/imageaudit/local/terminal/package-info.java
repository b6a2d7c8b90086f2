/** What the user sees: lines, colours, one line of progress and tables. */
@NullMarked
package io.imageaudit.local.terminal;

import org.jspecify.annotations.NullMarked;
