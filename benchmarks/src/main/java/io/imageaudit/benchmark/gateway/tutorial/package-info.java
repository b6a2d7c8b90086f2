/** The service that a tutorial would build for the same task: the gateway's peer. */
@NullMarked
package io.imageaudit.benchmark.gateway.tutorial;

import org.jspecify.annotations.NullMarked;
