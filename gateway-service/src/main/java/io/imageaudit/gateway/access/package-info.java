/** Who calls: API keys and tokens, tenants and scopes. */
@NullMarked
package io.imageaudit.gateway.access;

import org.jspecify.annotations.NullMarked;
