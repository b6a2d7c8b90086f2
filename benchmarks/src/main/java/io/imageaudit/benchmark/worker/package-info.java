/** What the worker makes of a model server, of a processor, and of a model on this machine. */
@NullMarked
package io.imageaudit.benchmark.worker;

import org.jspecify.annotations.NullMarked;
