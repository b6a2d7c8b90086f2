/** What became of an audit: a read model fed by the events of the other services. */
@NullMarked
package io.imageaudit.gateway.status;

import org.jspecify.annotations.NullMarked;
