/** How the rate of audits grows with the number of workers. */
@NullMarked
package io.imageaudit.benchmark.scaling;

import org.jspecify.annotations.NullMarked;
