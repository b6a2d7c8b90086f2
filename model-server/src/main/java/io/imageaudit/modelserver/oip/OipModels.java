package io.imageaudit.modelserver.oip;

import io.grpc.Status;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/** The models as the Open Inference Protocol asks for them: versions and types are text. */
final class OipModels {

  static final String SERVER_NAME = "image-audit-model-server";
  static final String SERVER_VERSION = "0.1.0";
  static final List<String> EXTENSIONS = List.of("binary_tensor_data", "schedule_policy");

  private final Models models;
  private final Faults faults;

  OipModels(Models models, Faults faults) {
    this.models = models;
    this.faults = faults;
  }

  /**
   * The model of that name; the newest when the version is empty.
   *
   * @throws RefusedException with NOT_FOUND
   */
  ServedModel find(String name, String version) {
    return lookUp(name, version)
        .orElseThrow(() ->
            new RefusedException(
                Status.Code.NOT_FOUND,
                "Request for unknown model: '%s'%s is not found"
                    .formatted(name, version.isEmpty() ? "" : " version " + version)));
  }

  boolean isReady() {
    return !faults.isNotReady();
  }

  boolean isReady(String name, String version) {
    return isReady() && lookUp(name, version).isPresent();
  }

  List<String> versions(String name) {
    return models.versions(name).stream().map(model -> Long.toString(model.version())).toList();
  }

  static TensorType type(String input, String datatype) {
    return TensorType.named(datatype)
        .orElseThrow(() ->
            RefusedException.invalid(
                "invalid data-type '%s' for input '%s'".formatted(datatype, input)));
  }

  /**
   * The number of elements.
   *
   * @throws RefusedException when there cannot be so many
   */
  static long elements(String input, Shape shape) {
    try {
      return shape.elements();
    } catch (ArithmeticException e) {
      throw RefusedException.invalid("invalid shape %s for input '%s'".formatted(shape, input));
    }
  }

  private Optional<ServedModel> lookUp(String name, String version) {
    if (version.isEmpty()) {
      return models.latest(name);
    }
    return version.matches("[0-9]{1,18}")
        ? models.version(name, Long.parseLong(version))
        : Optional.empty();
  }
}
