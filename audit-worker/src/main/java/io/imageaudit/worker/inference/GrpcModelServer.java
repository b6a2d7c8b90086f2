package io.imageaudit.worker.inference;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.imageaudit.inference.oip.InferParameter;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
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

  private final Channel channel;
  private final String name;
  private final ModelSettings model;
  private final GrpcHeaders headers;
  private final InstantSource clock;
  private final MethodDescriptor<ModelInferRequest, ModelInferResponse> method;

  GrpcModelServer(
      Channel channel, String name, ModelSettings model, GrpcHeaders headers, InstantSource clock) {
    this.channel = channel;
    this.name = model.served(name);
    this.model = model;
    this.headers = headers;
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
              headers.on(channel, batch.trace()),
              method,
              CallOptions.DEFAULT.withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS),
              request(batch, left));
      return OipAnswers.read(answer, batch.size());
    } catch (StatusRuntimeException e) {
      return GrpcFaults.of(e);
    }
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
