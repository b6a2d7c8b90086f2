package io.imageaudit.worker.inference;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.imageaudit.worker.inference.InferenceOutcome.Failed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** gRPC to one model server: deadline, credentials, trace, and what its failures mean. */
final class GrpcCalls {

  private final ManagedChannel channel;
  private final GrpcHeaders headers;
  private final InstantSource clock;

  GrpcCalls(ManagedChannel channel, Credentials credentials, InstantSource clock) {
    this.channel = channel;
    this.headers = new GrpcHeaders(credentials);
    this.clock = clock;
  }

  /**
   * Calls and waits for the answer, no longer than the batch's deadline.
   *
   * @param request made for the time that is left
   * @param read what the answer says
   */
  <Q, A> InferenceOutcome call(
      MethodDescriptor<Q, A> method,
      InferenceBatch batch,
      Function<Duration, Q> request,
      Function<A, InferenceOutcome> read) {
    Duration left = Duration.between(clock.instant(), batch.deadline());
    if (left.isNegative() || left.isZero()) {
      return new Failed(Failed.Kind.NOT_TRIED, "NO_TIME", "the deadline has passed");
    }
    try {
      return read.apply(
          ClientCalls.blockingUnaryCall(
              headers.on(channel, batch.trace()),
              method,
              CallOptions.DEFAULT.withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS),
              request.apply(left)));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        // The breaker says when to ask again. The channel's own pauses grow up to two minutes, in
        // which a server that is back would not be found.
        channel.resetConnectBackoff();
      }
      return GrpcFaults.of(e);
    }
  }
}
