/** The HTTP listener, its limits, and numbers in JSON. */
@NullMarked
package io.imageaudit.modelserver.rest;

import org.jspecify.annotations.NullMarked;
