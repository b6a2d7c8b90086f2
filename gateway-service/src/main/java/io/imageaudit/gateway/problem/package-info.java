/** What goes wrong and how it is told: one envelope, stable codes, two languages. */
@NullMarked
package io.imageaudit.gateway.problem;

import org.jspecify.annotations.NullMarked;
