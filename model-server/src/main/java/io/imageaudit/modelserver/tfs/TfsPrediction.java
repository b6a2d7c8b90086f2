package io.imageaudit.modelserver.tfs;

import com.google.protobuf.Any;
import io.grpc.stub.StreamObserver;
import io.imageaudit.inference.serving.GetModelMetadataRequest;
import io.imageaudit.inference.serving.GetModelMetadataResponse;
import io.imageaudit.inference.serving.PredictRequest;
import io.imageaudit.inference.serving.PredictResponse;
import io.imageaudit.inference.serving.PredictionServiceGrpc.PredictionServiceImplBase;
import io.imageaudit.inference.serving.SignatureDefMap;
import io.imageaudit.inference.tensorflow.SignatureDef;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.grpc.GrpcReply;
import io.imageaudit.modelserver.serve.Caller;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.RunInference;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** TensorFlow Serving's predictions and signatures over gRPC. */
public final class TfsPrediction extends PredictionServiceImplBase {

  private static final String SIGNATURE_DEF = "signature_def";

  private final TfsModels models;
  private final RunInference inference;
  private final TfsTensors tensors;

  /**
   * Serves these models.
   *
   * @param maxBytes most bytes of a tensor
   */
  public TfsPrediction(Models models, RunInference inference, Faults faults, int maxBytes) {
    this.models = new TfsModels(models, faults);
    this.inference = inference;
    this.tensors = new TfsTensors(maxBytes);
  }

  @Override
  public void predict(PredictRequest request, StreamObserver<PredictResponse> observer) {
    GrpcReply.send(observer, caller -> predict(request, caller));
  }

  @Override
  public void getModelMetadata(
      GetModelMetadataRequest request, StreamObserver<GetModelMetadataResponse> observer) {
    GrpcReply.send(observer, _ -> metadata(request));
  }

  private PredictResponse predict(PredictRequest request, Caller caller) {
    ServedModel model = models.find(request.getModelSpec());
    List<Tensor> inputs =
        request.getInputsMap().entrySet().stream()
            .map(input -> tensors.read(input.getKey(), input.getValue()))
            .toList();
    TfsModels.checkBatch(model, inputs);
    Map<String, Tensor> outputs =
        inference.run(model, inputs, request.getOutputFilterList(), caller);
    PredictResponse.Builder response =
        PredictResponse.newBuilder().setModelSpec(TfsModels.spec(model));
    outputs.forEach((name, tensor) -> response.putOutputs(name, TfsTensors.write(tensor)));
    return response.build();
  }

  private GetModelMetadataResponse metadata(GetModelMetadataRequest request) {
    if (request.getMetadataFieldCount() == 0) {
      throw RefusedException.invalid(
          "GetModelMetadataRequest must specify at least one metadata_field");
    }
    for (String field : request.getMetadataFieldList()) {
      if (!field.equals(SIGNATURE_DEF)) {
        throw RefusedException.invalid("Metadata field " + field + " is not supported");
      }
    }
    ServedModel model = models.find(request.getModelSpec());
    return GetModelMetadataResponse.newBuilder()
        .setModelSpec(TfsModels.spec(model).toBuilder().clearSignatureName())
        .putMetadata(SIGNATURE_DEF, Any.pack(signatures(model)))
        .build();
  }

  private static SignatureDefMap signatures(ServedModel model) {
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(TfsModels.METHOD);
    model.inputs().forEach(spec -> signature.putInputs(spec.name(), TfsTensors.info(spec)));
    model.outputs().forEach(spec -> signature.putOutputs(spec.name(), TfsTensors.info(spec)));
    return SignatureDefMap.newBuilder()
        .putSignatureDef(TfsModels.SIGNATURE, signature.build())
        .build();
  }
}
