/** Finds the model, checks the tensors against it, waits for an executor and runs it. */
@NullMarked
package io.imageaudit.modelserver.serve;

import org.jspecify.annotations.NullMarked;
