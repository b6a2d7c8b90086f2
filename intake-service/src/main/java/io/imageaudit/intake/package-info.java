/** Gets the submitted image, checks that it is one and keeps it by content. */
@NullMarked
package io.imageaudit.intake;

import org.jspecify.annotations.NullMarked;
