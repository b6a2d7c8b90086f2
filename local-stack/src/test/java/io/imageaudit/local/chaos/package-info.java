/**
 * Parts are killed, restarted or away in the middle of a run, and nothing is lost or done twice.
 */
@NullMarked
package io.imageaudit.local.chaos;

import org.jspecify.annotations.NullMarked;
