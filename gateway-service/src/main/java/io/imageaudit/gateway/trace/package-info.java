/** Gives each request its trace id and takes it along. */
@NullMarked
package io.imageaudit.gateway.trace;

import org.jspecify.annotations.NullMarked;
