/** Keeps the instance from taking on more than it can do. */
@NullMarked
package io.imageaudit.gateway.overload;

import org.jspecify.annotations.NullMarked;
