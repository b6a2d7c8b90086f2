package io.imageaudit.modelserver.tfs;

import io.grpc.stub.StreamObserver;
import io.imageaudit.inference.serving.GetModelStatusRequest;
import io.imageaudit.inference.serving.GetModelStatusResponse;
import io.imageaudit.inference.serving.ModelServiceGrpc.ModelServiceImplBase;
import io.imageaudit.inference.serving.ModelSpec;
import io.imageaudit.inference.serving.ModelVersionStatus;
import io.imageaudit.inference.serving.StatusProto;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.grpc.GrpcReply;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.ServedModel;
import java.util.List;

/** TensorFlow Serving's model status over gRPC. */
public final class TfsModelStatus extends ModelServiceImplBase {

  private final TfsModels models;

  /** Tells about these models. */
  public TfsModelStatus(Models models, Faults faults) {
    this.models = new TfsModels(models, faults);
  }

  @Override
  public void getModelStatus(
      GetModelStatusRequest request, StreamObserver<GetModelStatusResponse> observer) {
    GrpcReply.send(observer, _ -> status(request.getModelSpec()));
  }

  private GetModelStatusResponse status(ModelSpec spec) {
    GetModelStatusResponse.Builder response = GetModelStatusResponse.newBuilder();
    versions(spec).forEach(model -> response.addModelVersionStatus(status(model)));
    return response.build();
  }

  private List<ServedModel> versions(ModelSpec spec) {
    return switch (spec.getVersionChoiceCase()) {
      case VERSION -> models.versions(spec.getName(), spec.getVersion().getValue());
      case VERSION_LABEL -> throw TfsModels.unknownLabel(spec.getName(), spec.getVersionLabel());
      case VERSIONCHOICE_NOT_SET -> models.versions(spec.getName(), null);
    };
  }

  private ModelVersionStatus status(ServedModel model) {
    return ModelVersionStatus.newBuilder()
        .setVersion(model.version())
        .setState(
            models.isReady()
                ? ModelVersionStatus.State.AVAILABLE
                : ModelVersionStatus.State.LOADING)
        .setStatus(StatusProto.getDefaultInstance())
        .build();
  }
}
