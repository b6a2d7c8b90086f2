/** Measurements, each with its peer or its limit in the same run. */
@NullMarked
package io.imageaudit.benchmark;

import org.jspecify.annotations.NullMarked;
