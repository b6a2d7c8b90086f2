/** The worker as one would write it at first: the peer of the whole path. */
@NullMarked
package io.imageaudit.benchmark.worker.plain;

import org.jspecify.annotations.NullMarked;
