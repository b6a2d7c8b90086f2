/** Lets only the suite's own services call the internal API, and says how much that may take. */
@NullMarked
package io.imageaudit.notification.access;

import org.jspecify.annotations.NullMarked;
