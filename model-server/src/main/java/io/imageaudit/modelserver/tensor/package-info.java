/** Tensors as bytes with a name, a type and a shape, whatever protocol they came by. */
@NullMarked
package io.imageaudit.modelserver.tensor;

import org.jspecify.annotations.NullMarked;
