/** How much a tenant may submit. */
@NullMarked
package io.imageaudit.gateway.quota;

import org.jspecify.annotations.NullMarked;
