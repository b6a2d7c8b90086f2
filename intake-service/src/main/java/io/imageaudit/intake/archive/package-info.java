/** What is kept: looked up, shown small, erased on demand and by age. */
@NullMarked
package io.imageaudit.intake.archive;

import org.jspecify.annotations.NullMarked;
