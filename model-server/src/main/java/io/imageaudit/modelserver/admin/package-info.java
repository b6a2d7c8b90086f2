/** Switches faults over REST, where the settings allow it. */
@NullMarked
package io.imageaudit.modelserver.admin;

import org.jspecify.annotations.NullMarked;
