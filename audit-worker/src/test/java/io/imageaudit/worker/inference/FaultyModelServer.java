package io.imageaudit.worker.inference;

import com.google.protobuf.ByteString;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.imageaudit.inference.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.imageaudit.inference.oip.InferTensorContents;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.inference.oip.ModelInferResponse.InferOutputTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A model server on a real port that answers what a test tells it to, and breaks on demand. */
public final class FaultyModelServer extends GRPCInferenceServiceImplBase implements AutoCloseable {

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private final int port;
  private Server server;
  private final Queue<ModelInferRequest> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger faultsLeft = new AtomicInteger();
  private volatile Status fault = Status.UNAVAILABLE;
  private volatile @Nullable String pushback;
  private volatile int mostBytes = 64 << 20;
  private final AtomicInteger pictures = new AtomicInteger();
  private volatile IntFunction<float[]> scores = FaultyModelServer::nothing;
  private volatile boolean typed;
  private volatile boolean hanging;
  private volatile Duration slowness = Duration.ZERO;
  private volatile Set<String> tokens = Set.of();
  private volatile UnaryOperator<ModelInferResponse> distortion = UnaryOperator.identity();
  private volatile @Nullable Poison poison;

  /** Starts it on a free port. */
  public FaultyModelServer() {
    server = started(0);
    port = server.getPort();
  }

  /** Goes away: connections break, nobody listens. */
  public void goAway() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Listens again, on the same port. */
  public void comeBack() {
    server = started(port);
  }

  private Server started(int wanted) {
    try {
      return NettyServerBuilder.forAddress(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted))
          .maxInboundMessageSize(mostBytes)
          .addService(ServerInterceptors.intercept(this, new Tokens()))
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its address, {@code host:port}. */
  public String endpoint() {
    return "127.0.0.1:" + port;
  }

  /** Back to a server that sees nothing wrong in any picture. */
  public void reset() {
    requests.clear();
    faultsLeft.set(0);
    pushback = null;
    pictures.set(0);
    scores = FaultyModelServer::nothing;
    typed = false;
    hanging = false;
    slowness = Duration.ZERO;
    tokens = Set.of();
    poison = null;
    distortion = UnaryOperator.identity();
  }

  /** Answers every picture with these. */
  public void score(float... everyPicture) {
    float[] each = everyPicture.clone();
    scores = _ -> each;
  }

  /** Answers each picture with what this says of its number, from 0. */
  public void scorePerPicture(IntFunction<float[]> numbered) {
    scores = numbered;
  }

  /** Fails the next calls. */
  public void fail(Status status, int times) {
    fault = status;
    faultsLeft.set(times);
  }

  /** Asks, with each fault, to be left alone for so many milliseconds. */
  public void pushBack(String milliseconds) {
    pushback = milliseconds;
  }

  /** Takes no larger messages, when it comes back. */
  public void takeAtMost(int bytes) {
    mostBytes = bytes;
  }

  /** Answers with typed contents from now on. */
  public void answerTyped() {
    typed = true;
  }

  /** Answers only who shows one of these tokens; any when there are none. */
  public void accept(String... accepted) {
    tokens = Set.of(accepted);
  }

  /** Takes this long for each answer. */
  public void takeTime(Duration each) {
    slowness = each;
  }

  /** Answers no more. */
  public void hang() {
    hanging = true;
  }

  /** Changes each answer. */
  public void distort(UnaryOperator<ModelInferResponse> change) {
    distortion = change;
  }

  /** Breaks over each batch that this says it of. */
  public void poison(Poison poisoned) {
    poison = poisoned;
  }

  /** What was asked so far. */
  public List<ModelInferRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
    requests.add(request);
    Poison poisoned = poison;
    if (hanging) {
      return;
    }
    if (slowness.isPositive()) {
      LockSupport.parkNanos(slowness.toNanos());
    }
    if (faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      to.onError(fault.withDescription("as told").asRuntimeException(trailers()));
    } else if (poisoned != null && poisoned.breaks(request)) {
      to.onError(Status.INTERNAL.withDescription("poisoned").asRuntimeException());
    } else {
      to.onNext(distortion.apply(answer(request)));
      to.onCompleted();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Whether a batch breaks the server. */
  public interface Poison {

    /** Whether it does. */
    boolean breaks(ModelInferRequest batch);
  }

  private Metadata trailers() {
    Metadata trailers = new Metadata();
    String asked = pushback;
    if (asked != null) {
      trailers.put(PUSHBACK, asked);
    }
    return trailers;
  }

  private static float[] nothing(int picture) {
    return new float[] {0, 0, 0, 0};
  }

  private ModelInferResponse answer(ModelInferRequest request) {
    long rows = request.getInputs(0).getShape(0);
    List<float[]> answers = new ArrayList<>();
    for (long row = 0; row < rows; row++) {
      answers.add(scores.apply(pictures.getAndIncrement()));
    }
    int width = answers.getFirst().length;
    InferOutputTensor.Builder output =
        InferOutputTensor.newBuilder()
            .setName("scores")
            .setDatatype("FP32")
            .addShape(rows)
            .addShape(width);
    ModelInferResponse.Builder answer =
        ModelInferResponse.newBuilder()
            .setModelName(request.getModelName())
            .setModelVersion("7")
            .setId(request.getId());
    if (typed) {
      InferTensorContents.Builder contents = InferTensorContents.newBuilder();
      for (float[] each : answers) {
        for (float score : each) {
          contents.addFp32Contents(score);
        }
      }
      return answer.addOutputs(output.setContents(contents)).build();
    }
    ByteBuffer raw = ByteBuffer.allocate((int) rows * width * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] each : answers) {
      for (float score : each) {
        raw.putFloat(score);
      }
    }
    return answer.addOutputs(output).addRawOutputContents(ByteString.copyFrom(raw.flip())).build();
  }

  /** Lets calls pass that show a token which is accepted. */
  private final class Tokens implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String shown = headers.get(AUTHORIZATION);
      if (tokens.isEmpty() || (shown != null && tokens.contains(shown))) {
        return next.startCall(call, headers);
      }
      call.close(Status.UNAUTHENTICATED.withDescription("token expired"), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
