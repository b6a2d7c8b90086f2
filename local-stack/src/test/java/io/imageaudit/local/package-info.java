/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.local;

import org.jspecify.annotations.NullMarked;
