/** Lets only the suite's own services call the internal API. */
@NullMarked
package io.imageaudit.notification.access;

import org.jspecify.annotations.NullMarked;
