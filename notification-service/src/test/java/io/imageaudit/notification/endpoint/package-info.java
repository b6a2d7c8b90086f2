/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.notification.endpoint;

import org.jspecify.annotations.NullMarked;
