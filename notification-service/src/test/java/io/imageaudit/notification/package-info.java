/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.notification;

import org.jspecify.annotations.NullMarked;
