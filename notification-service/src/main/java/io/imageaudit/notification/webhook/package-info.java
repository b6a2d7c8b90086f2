/** Signs a message (Standard Webhooks 1.0.0) and posts it to an address that a tenant chose. */
@NullMarked
package io.imageaudit.notification.webhook;

import org.jspecify.annotations.NullMarked;
