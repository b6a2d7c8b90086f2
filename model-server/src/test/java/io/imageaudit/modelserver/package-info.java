/** Tests of the model server over its real ports. */
@NullMarked
package io.imageaudit.modelserver;

import org.jspecify.annotations.NullMarked;
