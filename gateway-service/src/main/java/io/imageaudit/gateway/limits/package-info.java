/** Tells the limits in force. */
@NullMarked
package io.imageaudit.gateway.limits;

import org.jspecify.annotations.NullMarked;
