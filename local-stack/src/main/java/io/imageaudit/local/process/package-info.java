/** Child processes that never outlive their launcher, and what the system tells about them. */
@NullMarked
package io.imageaudit.local.process;

import org.jspecify.annotations.NullMarked;
