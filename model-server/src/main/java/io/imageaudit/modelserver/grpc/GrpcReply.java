package io.imageaudit.modelserver.grpc;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.imageaudit.modelserver.serve.Caller;
import io.imageaudit.modelserver.serve.RefusedException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one unary call: a message, or the status that says why not. */
public final class GrpcReply {

  private static final Logger LOG = LoggerFactory.getLogger(GrpcReply.class);

  /** gRPC ends the wait by cancelling the call's context, so that this bound is never reached. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private GrpcReply() {}

  /**
   * Computes and sends the answer. A deadline or cancellation of the call ends its waiting.
   *
   * @param observer where the answer goes
   * @param answer computes it for a caller
   */
  public static <T> void send(StreamObserver<T> observer, Function<Caller, T> answer) {
    if (observer instanceof ServerCallStreamObserver<T> call) {
      // With a handler, answering a call that was cancelled meanwhile is no error.
      call.setOnCancelHandler(() -> {});
    }
    Caller caller = new Caller(PATIENCE);
    Context context = Context.current();
    Context.CancellationListener giveUp = ended -> giveUp(caller, ended.cancellationCause());
    context.addListener(giveUp, Runnable::run);
    try {
      T message = answer.apply(caller);
      observer.onNext(message);
      observer.onCompleted();
    } catch (RefusedException e) {
      observer.onError(e.code().toStatus().withDescription(e.reason()).asRuntimeException());
    } catch (RuntimeException e) {
      LOG.error("A call failed unexpectedly; answered INTERNAL", e);
      observer.onError(Status.INTERNAL.withDescription("internal error").asRuntimeException());
    } finally {
      context.removeListener(giveUp);
    }
  }

  private static void giveUp(Caller caller, Throwable cause) {
    if (cause instanceof TimeoutException) {
      caller.giveUp(Status.Code.DEADLINE_EXCEEDED, "Deadline exceeded");
    } else {
      caller.giveUp(Status.Code.CANCELLED, "Cancelled");
    }
  }
}
