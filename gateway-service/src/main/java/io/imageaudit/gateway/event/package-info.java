/** How this service says events when the broker may be away. */
@NullMarked
package io.imageaudit.gateway.event;

import org.jspecify.annotations.NullMarked;
