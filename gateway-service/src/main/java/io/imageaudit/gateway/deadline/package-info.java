/** Ends audits whose deadline passed without a verdict. */
@NullMarked
package io.imageaudit.gateway.deadline;

import org.jspecify.annotations.NullMarked;
