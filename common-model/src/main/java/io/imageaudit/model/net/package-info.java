/**
 * The guard before every connection to an address that a tenant chose: which addresses may be
 * named, which may be connected to, and a resolver that pins the address that was checked.
 */
@NullMarked
package io.imageaudit.model.net;

import org.jspecify.annotations.NullMarked;
