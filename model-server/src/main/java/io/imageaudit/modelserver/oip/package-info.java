/** The Open Inference Protocol over gRPC and REST. */
@NullMarked
package io.imageaudit.modelserver.oip;

import org.jspecify.annotations.NullMarked;
