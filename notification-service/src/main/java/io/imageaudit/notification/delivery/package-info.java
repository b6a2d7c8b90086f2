/**
 * Delivers what is due: claims it under a lease, makes one attempt, settles it. A delivery ends as
 * delivered or given up; whoever waits for it hears of either.
 */
@NullMarked
package io.imageaudit.notification.delivery;

import org.jspecify.annotations.NullMarked;
