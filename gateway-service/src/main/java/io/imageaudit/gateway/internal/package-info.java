/** How this service calls the others of the same installation. */
@NullMarked
package io.imageaudit.gateway.internal;

import org.jspecify.annotations.NullMarked;
