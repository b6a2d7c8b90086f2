package io.imageaudit.modelserver.oip;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.imageaudit.inference.oip.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.imageaudit.inference.oip.InferParameter;
import io.imageaudit.inference.oip.ModelInferRequest;
import io.imageaudit.inference.oip.ModelInferResponse;
import io.imageaudit.inference.oip.ModelMetadataRequest;
import io.imageaudit.inference.oip.ModelMetadataResponse;
import io.imageaudit.inference.oip.ModelReadyRequest;
import io.imageaudit.inference.oip.ModelReadyResponse;
import io.imageaudit.inference.oip.ServerLiveRequest;
import io.imageaudit.inference.oip.ServerLiveResponse;
import io.imageaudit.inference.oip.ServerMetadataRequest;
import io.imageaudit.inference.oip.ServerMetadataResponse;
import io.imageaudit.inference.oip.ServerReadyRequest;
import io.imageaudit.inference.oip.ServerReadyResponse;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.grpc.GrpcReply;
import io.imageaudit.modelserver.grpc.ServiceAlias;
import io.imageaudit.modelserver.serve.Caller;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.RunInference;
import io.imageaudit.modelserver.serve.ServedModel;
import java.util.List;

/** The Open Inference Protocol over gRPC, after open_inference_grpc.proto. */
public final class OipGrpc extends GRPCInferenceServiceImplBase {

  /** The parameter of a request, a boolean, that asks for typed contents in the answer. */
  public static final String TYPED_OUTPUT = "typed_output";

  /** The name under which TorchServe has the same service. */
  private static final String TORCH_SERVE =
      "org.pytorch.serve.grpc.openinference.GRPCInferenceService";

  private final OipModels models;
  private final RunInference inference;
  private final Faults faults;
  private final boolean typedOutputs;

  /**
   * Serves these models.
   *
   * @param typedOutputs whether answers come in typed contents unless asked otherwise
   */
  public OipGrpc(Models models, RunInference inference, Faults faults, boolean typedOutputs) {
    this.models = new OipModels(models, faults);
    this.inference = inference;
    this.faults = faults;
    this.typedOutputs = typedOutputs;
  }

  /** The service under its own name and TorchServe's. */
  public List<ServerServiceDefinition> services() {
    ServerServiceDefinition service = bindService();
    return List.of(service, ServiceAlias.of(service, TORCH_SERVE));
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
    GrpcReply.send(observer, _ -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(
      ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
    GrpcReply.send(
        observer, _ -> ServerReadyResponse.newBuilder().setReady(models.isReady()).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
    GrpcReply.send(
        observer,
        _ ->
            ModelReadyResponse.newBuilder()
                .setReady(models.isReady(request.getName(), request.getVersion()))
                .build());
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
    GrpcReply.send(
        observer,
        _ ->
            ServerMetadataResponse.newBuilder()
                .setName(OipModels.SERVER_NAME)
                .setVersion(OipModels.SERVER_VERSION)
                .addAllExtensions(OipModels.EXTENSIONS)
                .build());
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
    GrpcReply.send(
        observer,
        _ -> {
          ServedModel model = models.find(request.getName(), request.getVersion());
          return OipMessages.metadata(model, models.versions(model.name()));
        });
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    GrpcReply.send(observer, caller -> infer(request, caller));
  }

  private ModelInferResponse infer(ModelInferRequest request, Caller caller) {
    ServedModel model = models.find(request.getModelName(), request.getModelVersion());
    var outputs =
        inference.run(
            model,
            OipMessages.inputs(request),
            OipMessages.wantedOutputs(request),
            caller,
            OipMessages.queueLimit(request));
    return OipMessages.answer(request, model, outputs.values(), isTyped(request));
  }

  private boolean isTyped(ModelInferRequest request) {
    InferParameter asked = request.getParametersMap().get(TYPED_OUTPUT);
    return asked != null ? asked.getBoolParam() : typedOutputs || faults.isTypedOutput();
  }
}
