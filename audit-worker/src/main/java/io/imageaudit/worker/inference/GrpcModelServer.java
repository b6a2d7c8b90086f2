package io.imageaudit.worker.inference;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.imageaudit.inference.oip.InferParameter;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.InputSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * Speaks the Open Inference Protocol (KServe V2) over gRPC. Tensors travel as raw contents, handed
 * to gRPC without a copy; the answer may hold raw or typed contents.
 *
 * <p>Triton does not look at gRPC's deadline, so the time left also travels as its request
 * parameter {@code timeout}, in microseconds.
 */
final class GrpcModelServer implements ModelServer {

  private static final Metadata.Key<String> TRACE =
      Metadata.Key.of(TraceParent.HEADER, Metadata.ASCII_STRING_MARSHALLER);

  private final Channel channel;
  private final String name;
  private final ModelSettings model;
  private final InstantSource clock;
  private final MethodDescriptor<ModelInferRequest, ModelInferResponse> method;

  GrpcModelServer(Channel channel, String name, ModelSettings model, InstantSource clock) {
    this.channel = channel;
    this.name = model.servedName().isEmpty() ? name : model.servedName();
    this.model = model;
    this.clock = clock;
    this.method = method(model.grpcService());
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    Duration left = Duration.between(clock.instant(), batch.deadline());
    if (left.isNegative() || left.isZero()) {
      return new InferenceOutcome.Failed(
          InferenceOutcome.Failed.Kind.NOT_TRIED, "NO_TIME", "the deadline has passed");
    }
    try {
      ModelInferResponse answer =
          ClientCalls.blockingUnaryCall(
              traced(batch.trace()),
              method,
              CallOptions.DEFAULT.withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS),
              request(batch, left));
      return OipAnswers.read(answer, batch.size());
    } catch (StatusRuntimeException e) {
      return GrpcFaults.of(e);
    }
  }

  private Channel traced(TraceParent trace) {
    Metadata headers = new Metadata();
    headers.put(TRACE, trace.toString());
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private ModelInferRequest request(InferenceBatch batch, Duration left) {
    InputSpec input = model.input();
    ModelInferRequest.InferInputTensor.Builder tensor =
        ModelInferRequest.InferInputTensor.newBuilder()
            .setName(input.name())
            .setDatatype(OipTensors.datatype(input.datatype()))
            .addShape(batch.size());
    batch.items().getFirst().shape().forEach(tensor::addShape);
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(name)
            .setModelVersion(model.version())
            .putParameters(
                "timeout", InferParameter.newBuilder().setInt64Param(left.toNanos() / 1000).build())
            .addInputs(tensor)
            .addRawInputContents(OipTensors.joined(batch));
    if (!model.output().tensor().isEmpty()) {
      request.addOutputsBuilder().setName(model.output().tensor());
    }
    return request.build();
  }

  private static MethodDescriptor<ModelInferRequest, ModelInferResponse> method(String service) {
    return MethodDescriptor.<ModelInferRequest, ModelInferResponse>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "ModelInfer"))
        .setRequestMarshaller(ProtoUtils.marshaller(ModelInferRequest.getDefaultInstance()))
        .setResponseMarshaller(ProtoUtils.marshaller(ModelInferResponse.getDefaultInstance()))
        .build();
  }
}
