/** TensorFlow Serving's prediction and status calls over gRPC and REST. */
@NullMarked
package io.imageaudit.modelserver.tfs;

import org.jspecify.annotations.NullMarked;
