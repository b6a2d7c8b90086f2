package io.imageaudit.modelserver.tfs;

import com.google.protobuf.Int64Value;
import io.grpc.Status;
import io.imageaudit.inference.serving.ModelSpec;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models as TensorFlow Serving asks for them: each has one signature and no labels. */
final class TfsModels {

  static final String SIGNATURE = "serving_default";
  static final String METHOD = "tensorflow/serving/predict";

  private final Models models;
  private final Faults faults;

  TfsModels(Models models, Faults faults) {
    this.models = models;
    this.faults = faults;
  }

  /**
   * The model that a request names.
   *
   * @throws RefusedException INVALID_ARGUMENT, NOT_FOUND, or FAILED_PRECONDITION for a signature
   */
  ServedModel find(ModelSpec spec) {
    ServedModel model =
        switch (spec.getVersionChoiceCase()) {
          case VERSION -> find(spec.getName(), spec.getVersion().getValue());
          case VERSION_LABEL -> throw unknownLabel(spec.getName(), spec.getVersionLabel());
          case VERSIONCHOICE_NOT_SET -> find(spec.getName(), null);
        };
    checkSignature(spec.getSignatureName());
    return model;
  }

  /** The version of a model, or the newest. */
  ServedModel find(String name, @Nullable Long version) {
    if (name.isEmpty()) {
      throw RefusedException.invalid("Missing ModelSpec: no model name");
    }
    Optional<ServedModel> model =
        version == null ? models.latest(name) : models.version(name, version);
    return model.orElseThrow(() -> unknown(name, version));
  }

  /** The versions whose status a request asks for, newest first. */
  List<ServedModel> versions(String name, @Nullable Long version) {
    return version == null && !models.versions(name).isEmpty()
        ? models.versions(name)
        : List.of(find(name, version));
  }

  boolean isReady() {
    return !faults.isNotReady();
  }

  static void checkSignature(String signature) {
    if (!signature.isEmpty() && !signature.equals(SIGNATURE)) {
      throw new RefusedException(
          Status.Code.FAILED_PRECONDITION,
          "Serving signature key \"" + signature + "\" not found.");
    }
  }

  /** TensorFlow Serving says it in its own words when a batch is too large. */
  static void checkBatch(ServedModel model, List<Tensor> inputs) {
    for (Tensor input : inputs) {
      boolean open =
          model.input(input.name()).filter(spec -> spec.shape().hasOpenBatch()).isPresent();
      if (open && input.shape().rows() > model.maxBatch()) {
        throw RefusedException.invalid(
            "Task size %d is larger than maximum batch size %d"
                .formatted(input.shape().rows(), model.maxBatch()));
      }
    }
  }

  static RefusedException unknownLabel(String name, String label) {
    return RefusedException.invalid(
        "Unrecognized servable version label: " + label + " of model " + name);
  }

  static ModelSpec spec(ServedModel model) {
    return ModelSpec.newBuilder()
        .setName(model.name())
        .setVersion(Int64Value.of(model.version()))
        .setSignatureName(SIGNATURE)
        .build();
  }

  private static RefusedException unknown(String name, @Nullable Long version) {
    return new RefusedException(
        Status.Code.NOT_FOUND,
        "Servable not found for request: "
            + (version == null
                ? "Latest(" + name + ")"
                : "Specific(" + name + ", " + version + ")"));
  }
}
