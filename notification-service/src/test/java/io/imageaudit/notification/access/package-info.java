/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.notification.access;

import org.jspecify.annotations.NullMarked;
