package io.imageaudit.worker.inference;

import io.imageaudit.inference.serving.ModelSpec;
import io.imageaudit.inference.serving.PredictRequest;
import io.imageaudit.inference.serving.PredictionServiceGrpc;
import io.imageaudit.inference.tensorflow.DataType;
import io.imageaudit.inference.tensorflow.TensorProto;
import io.imageaudit.inference.tensorflow.TensorShapeProto;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Prepared;

/** Speaks to TensorFlow Serving over gRPC: tensors go as content, answers come either way. */
final class TensorFlowModelServer implements ModelServer {

  private final GrpcCalls calls;
  private final String name;
  private final ModelSettings model;

  TensorFlowModelServer(GrpcCalls calls, String name, ModelSettings model) {
    this.calls = calls;
    this.name = model.served(name);
    this.model = model;
  }

  @Override
  public InferenceOutcome infer(InferenceBatch batch) {
    return calls.call(
        PredictionServiceGrpc.getPredictMethod(),
        batch,
        _ -> request(batch),
        answer -> TensorFlowAnswers.read(answer, batch.size(), model.output().tensor()));
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
