/** Ways to look at a picture: which models look, what their answers mean, and what is missing. */
@NullMarked
package io.imageaudit.worker.check;

import org.jspecify.annotations.NullMarked;
