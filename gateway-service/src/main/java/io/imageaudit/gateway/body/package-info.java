/** Reads request bodies strictly and within bounds. */
@NullMarked
package io.imageaudit.gateway.body;

import org.jspecify.annotations.NullMarked;
