/** Proves what the outbound guard lets through and what it refuses. */
@NullMarked
package io.imageaudit.model.net;

import org.jspecify.annotations.NullMarked;
