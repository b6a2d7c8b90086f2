/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.notification.webhook;

import org.jspecify.annotations.NullMarked;
