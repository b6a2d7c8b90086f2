/** The public door: takes audit requests and shows what became of them. */
@NullMarked
package io.imageaudit.gateway;

import org.jspecify.annotations.NullMarked;
