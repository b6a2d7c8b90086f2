/** Proves what its package promises. */
@NullMarked
package io.imageaudit.intake.ingest;

import org.jspecify.annotations.NullMarked;
