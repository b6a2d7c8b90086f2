/** Tells platforms the result at their callback addresses. */
@NullMarked
package io.imageaudit.notification;

import org.jspecify.annotations.NullMarked;
