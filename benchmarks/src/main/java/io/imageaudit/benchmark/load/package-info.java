/** HTTP load: many connections, little work of its own. */
@NullMarked
package io.imageaudit.benchmark.load;

import org.jspecify.annotations.NullMarked;
