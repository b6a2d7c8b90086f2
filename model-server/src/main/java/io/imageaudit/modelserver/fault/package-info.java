/** Faults that tests switch on while the server runs. */
@NullMarked
package io.imageaudit.modelserver.fault;

import org.jspecify.annotations.NullMarked;
