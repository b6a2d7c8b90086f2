/**
 * What holds for one tenant alone: when its deliveries are retried, which receivers must prove
 * themselves.
 */
@NullMarked
package io.imageaudit.notification.tenant;

import org.jspecify.annotations.NullMarked;
