/** What is known of a tenant's receivers: their addresses, and the keys that sign for them. */
@NullMarked
package io.imageaudit.notification.endpoint;

import org.jspecify.annotations.NullMarked;
