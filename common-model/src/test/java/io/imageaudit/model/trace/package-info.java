/** Tests of tracing. */
@NullMarked
package io.imageaudit.model.trace;

import org.jspecify.annotations.NullMarked;
