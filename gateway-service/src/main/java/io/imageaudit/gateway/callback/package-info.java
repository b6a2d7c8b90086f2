/** Callbacks as their tenant sees them: what notification-service knows and does. */
@NullMarked
package io.imageaudit.gateway.callback;

import org.jspecify.annotations.NullMarked;
