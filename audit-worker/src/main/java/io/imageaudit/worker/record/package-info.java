/** The audit record: one row per verdict, only ever added, with all that is needed to repeat it. */
@NullMarked
package io.imageaudit.worker.record;

import org.jspecify.annotations.NullMarked;
