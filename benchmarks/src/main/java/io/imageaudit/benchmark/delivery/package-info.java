/** Measurements of how callbacks are delivered. */
@NullMarked
package io.imageaudit.benchmark.delivery;

import org.jspecify.annotations.NullMarked;
