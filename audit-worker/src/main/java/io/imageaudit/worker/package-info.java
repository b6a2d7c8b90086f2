/** Looks at an image with models, decides by policy and keeps the record. */
@NullMarked
package io.imageaudit.worker;

import org.jspecify.annotations.NullMarked;
