package io.imageaudit.modelserver.rest;

import io.grpc.Status;

/** One protocol behind a first path segment. */
public interface RestRoute {

  /** The first segment of the paths that this answers, such as {@code v2}. */
  String prefix();

  /**
   * Answers a call.
   *
   * @throws io.imageaudit.modelserver.serve.RefusedException answered by {@link #httpStatus}
   */
  RestAnswer answer(RestCall call);

  /** The protocol's HTTP status for a refusal. */
  int httpStatus(Status.Code code);
}
