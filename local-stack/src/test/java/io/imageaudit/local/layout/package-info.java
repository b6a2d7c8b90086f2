/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.local.layout;

import org.jspecify.annotations.NullMarked;
