/** Hears that an audit has ended and plans who is told. */
@NullMarked
package io.imageaudit.notification.notify;

import org.jspecify.annotations.NullMarked;
