package io.imageaudit.worker.inference;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.imageaudit.inference.serving.ModelSpec;
import io.imageaudit.inference.serving.PredictRequest;
import io.imageaudit.inference.serving.PredictResponse;
import io.imageaudit.inference.serving.PredictionServiceGrpc;
import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.inference.tensorflow.TensorProto;
import io.imageaudit.inference.tensorflow.TensorShapeProto;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Prepared;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Speaks to TensorFlow Serving over gRPC: tensors go as content, answers come either way. */
final class TensorFlowModelServer implements ModelServer {

  private final Channel channel;
  private final String name;
  private final ModelSettings model;
  private final GrpcHeaders headers;
  private final InstantSource clock;

  TensorFlowModelServer(
      Channel channel, String name, ModelSettings model, GrpcHeaders headers, InstantSource clock) {
    this.channel = channel;
    this.name = model.served(name);
    this.model = model;
    this.headers = headers;
    this.clock = clock;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    Duration left = Duration.between(clock.instant(), batch.deadline());
    if (left.isNegative() || left.isZero()) {
      return new InferenceOutcome.Failed(
          InferenceOutcome.Failed.Kind.NOT_TRIED, "NO_TIME", "the deadline has passed");
    }
    try {
      PredictResponse answer =
          ClientCalls.blockingUnaryCall(
              headers.on(channel, batch.trace()),
              PredictionServiceGrpc.getPredictMethod(),
              CallOptions.DEFAULT.withDeadlineAfter(left.toNanos(), TimeUnit.NANOSECONDS),
              request(batch));
      return TensorFlowAnswers.read(answer, batch.size());
    } catch (StatusRuntimeException e) {
      return GrpcFaults.of(e);
    }
  }

  private PredictRequest request(InferenceBatch batch) {
    ModelSpec.Builder spec = ModelSpec.newBuilder().setName(name);
    if (!model.version().isEmpty()) {
      if (model.version().matches("\\d{1,18}")) {
        spec.getVersionBuilder().setValue(Long.parseLong(model.version()));
      } else {
        spec.setVersionLabel(model.version());
      }
    }
    if (!model.signature().isEmpty()) {
      spec.setSignatureName(model.signature());
    }
    PredictRequest.Builder request =
        PredictRequest.newBuilder()
            .setModelSpec(spec)
            .putInputs(model.input().name(), tensor(batch));
    if (!model.output().tensor().isEmpty()) {
      request.addOutputFilter(model.output().tensor());
    }
    return request.build();
  }

  private TensorProto tensor(InferenceBatch batch) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setSize(batch.size());
    batch.items().getFirst().shape().forEach(side -> shape.addDimBuilder().setSize(side));
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(datatype(model.input().datatype())).setTensorShape(shape);
    if (model.input().datatype() == InputSpec.Datatype.ENCODED) {
      for (Prepared item : batch.items()) {
        tensor.addStringVal(OipTensors.wrapped(item));
      }
      return tensor.build();
    }
    return tensor.setTensorContent(OipTensors.joined(batch)).build();
  }

  private static DataType datatype(InputSpec.Datatype datatype) {
    return switch (datatype) {
      case FP32 -> DataType.DT_FLOAT;
      case FP16 -> DataType.DT_HALF;
      case UINT8 -> DataType.DT_UINT8;
      case ENCODED -> DataType.DT_STRING;
    };
  }
}
