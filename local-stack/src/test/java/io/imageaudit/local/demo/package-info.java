/** Tests of the package of the same name. */
@NullMarked
package io.imageaudit.local.demo;

import org.jspecify.annotations.NullMarked;
