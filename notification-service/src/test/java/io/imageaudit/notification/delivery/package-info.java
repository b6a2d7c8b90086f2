/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.notification.delivery;

import org.jspecify.annotations.NullMarked;
