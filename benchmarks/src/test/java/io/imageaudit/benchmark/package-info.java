/** Tests of the measuring itself. */
@NullMarked
package io.imageaudit.benchmark;

import org.jspecify.annotations.NullMarked;
