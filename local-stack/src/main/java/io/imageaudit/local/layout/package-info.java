/** Where everything is: folders, ports, secrets and what the build has made. */
@NullMarked
package io.imageaudit.local.layout;

import org.jspecify.annotations.NullMarked;
