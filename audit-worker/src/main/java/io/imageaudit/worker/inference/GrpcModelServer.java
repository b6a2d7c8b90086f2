package io.imageaudit.worker.inference;

import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.imageaudit.inference.oip.InferParameter;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.worker.image.InputSpec;
import java.time.Duration;

/**
 * Speaks the Open Inference Protocol (KServe V2) over gRPC. Tensors travel as raw contents, handed
 * to gRPC without a copy, unless the server reads typed contents only; the answer may hold either.
 *
 * <p>Triton does not look at gRPC's deadline, so the time left also travels as its request
 * parameter {@code timeout}, in microseconds.
 */
final class GrpcModelServer implements ModelServer {

  private final GrpcCalls calls;
  private final String name;
  private final ModelSettings model;
  private final MethodDescriptor<ModelInferRequest, ModelInferResponse> method;

  GrpcModelServer(GrpcCalls calls, String name, ModelSettings model) {
    this.calls = calls;
    this.name = model.served(name);
    this.model = model;
    this.method = method(model.grpcService());
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    return calls.call(
        method,
        batch,
        left -> request(batch, left),
        answer -> OipAnswers.read(answer, batch.size(), model.output().tensor()));
  }

  private ModelInferRequest request(InferenceBatch batch, Duration left) {
    ModelInferRequest.Builder request =
        ModelInferRequest.newBuilder()
            .setModelName(name)
            .setModelVersion(model.version())
            .putParameters(
                "timeout", InferParameter.newBuilder().setInt64Param(left.toNanos() / 1000).build())
            .addInputs(tensor(batch));
    if (model.contents() == ModelSettings.Contents.RAW) {
      request.addRawInputContents(OipTensors.joined(batch));
    }
    if (!model.output().tensor().isEmpty()) {
      request.addOutputsBuilder().setName(model.output().tensor());
    }
    return request.build();
  }

  private ModelInferRequest.InferInputTensor tensor(InferenceBatch batch) {
    InputSpec input = model.input();
    ModelInferRequest.InferInputTensor.Builder tensor =
        ModelInferRequest.InferInputTensor.newBuilder()
            .setName(input.name())
            .setDatatype(OipTensors.datatype(input.datatype()))
            .addShape(batch.size());
    batch.items().getFirst().shape().forEach(tensor::addShape);
    if (model.contents() == ModelSettings.Contents.TYPED) {
      tensor.setContents(OipTensors.typed(batch, input.datatype()));
    }
    return tensor.build();
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
