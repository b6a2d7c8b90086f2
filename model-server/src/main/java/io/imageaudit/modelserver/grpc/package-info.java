/** What all gRPC calls share: the caller's patience, and refusals as status codes. */
@NullMarked
package io.imageaudit.modelserver.grpc;

import org.jspecify.annotations.NullMarked;
