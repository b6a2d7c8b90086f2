/** Downloads images from addresses that tenants chose, without ever being led inside. */
@NullMarked
package io.imageaudit.intake.fetch;

import org.jspecify.annotations.NullMarked;
