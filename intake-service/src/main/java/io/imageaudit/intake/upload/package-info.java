/** Takes uploaded bytes from the gateway, before their audit is announced. */
@NullMarked
package io.imageaudit.intake.upload;

import org.jspecify.annotations.NullMarked;
