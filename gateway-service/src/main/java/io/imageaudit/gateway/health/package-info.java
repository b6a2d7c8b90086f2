/** Whether the service can do its work. */
@NullMarked
package io.imageaudit.gateway.health;

import org.jspecify.annotations.NullMarked;
