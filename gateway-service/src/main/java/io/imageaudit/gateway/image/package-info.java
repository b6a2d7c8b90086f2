/** The images behind audits, as far as their tenant disposes of them. */
@NullMarked
package io.imageaudit.gateway.image;

import org.jspecify.annotations.NullMarked;
