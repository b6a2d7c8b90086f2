/** What the gateway takes in, and what that costs. */
@NullMarked
package io.imageaudit.benchmark.gateway;

import org.jspecify.annotations.NullMarked;
