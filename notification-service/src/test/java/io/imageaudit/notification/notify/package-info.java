/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.notification.notify;

import org.jspecify.annotations.NullMarked;
