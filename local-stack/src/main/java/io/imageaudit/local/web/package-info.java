/** A small HTTP server on the loopback address, for pictures, callbacks and commands. */
@NullMarked
package io.imageaudit.local.web;

import org.jspecify.annotations.NullMarked;
