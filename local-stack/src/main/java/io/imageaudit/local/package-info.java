/**
 * The local stack: all of Image Audit on one machine, started, shown and stopped by one program.
 */
@NullMarked
package io.imageaudit.local;

import org.jspecify.annotations.NullMarked;
