/** Observations become a verdict, by rules that are files. Pure: no clock, no input or output. */
@NullMarked
package io.imageaudit.worker.policy;

import org.jspecify.annotations.NullMarked;
