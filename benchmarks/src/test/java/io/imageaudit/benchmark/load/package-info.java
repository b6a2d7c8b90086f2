/** Tests of the load. */
@NullMarked
package io.imageaudit.benchmark.load;

import org.jspecify.annotations.NullMarked;
