/** Measures intake: judging pictures, taking uploads, and servers that hang. */
@NullMarked
package io.imageaudit.benchmark.intake;

import org.jspecify.annotations.NullMarked;
