/** Steps of a trace, shown to a tracing system where one is configured. */
@NullMarked
package io.imageaudit.model.trace;

import org.jspecify.annotations.NullMarked;
