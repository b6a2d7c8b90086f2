package io.imageaudit.modelserver.tfs;

import io.grpc.Status;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.rest.RestAnswer;
import io.imageaudit.modelserver.rest.RestCall;
import io.imageaudit.modelserver.rest.RestRoute;
import io.imageaudit.modelserver.serve.Caller;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.RunInference;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Tensor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** TensorFlow Serving's REST API: predictions, status and metadata. */
public final class TfsRest implements RestRoute {

  private static final Pattern PATH =
      Pattern.compile(
          "v1/models/(?<name>[^/:]+)(/versions/(?<version>[0-9]{1,18})|/labels/(?<label>[^/:]+))?"
              + "(?<action>:predict|/metadata)?");

  private final TfsModels models;
  private final RunInference inference;
  private final int maxElements;
  private final Duration patience;

  /**
   * Serves these models.
   *
   * @param maxElements most elements of an input in JSON
   * @param patience how long a call may wait for an executor
   */
  public TfsRest(
      Models models, RunInference inference, Faults faults, int maxElements, Duration patience) {
    this.models = new TfsModels(models, faults);
    this.inference = inference;
    this.maxElements = maxElements;
    this.patience = patience;
  }

  @Override
  public String prefix() {
    return "v1";
  }

  @Override
  public RestAnswer answer(RestCall call) {
    Matcher path = PATH.matcher(String.join("/", call.path()));
    if (!path.matches()) {
      return RestAnswer.error(
          404, "Malformed request: " + call.method() + " /" + String.join("/", call.path()));
    }
    String name = path.group("name");
    if (path.group("label") != null) {
      throw TfsModels.unknownLabel(name, path.group("label"));
    }
    String version = path.group("version");
    Long number = version == null ? null : Long.valueOf(version);
    String action = path.group("action");
    boolean predicts = ":predict".equals(action);
    if (!call.method().equals(predicts ? "POST" : "GET")) {
      return RestAnswer.error(405, "Method Not Allowed");
    }
    if (predicts) {
      return predict(call, models.find(name, number));
    }
    return action == null
        ? status(name, number)
        : TfsRestAnswer.metadata(models.find(name, number));
  }

  @Override
  public int httpStatus(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }

  private RestAnswer status(String name, @Nullable Long version) {
    return TfsRestAnswer.status(models.versions(name, version), models.isReady());
  }

  private RestAnswer predict(RestCall call, ServedModel model) {
    TfsRestRequest request = new TfsRestRequest(model, maxElements);
    List<Tensor> inputs = request.read(call.body());
    TfsModels.checkBatch(model, inputs);
    Map<String, Tensor> outputs = inference.run(model, inputs, List.of(), new Caller(patience));
    return request.isRows()
        ? TfsRestAnswer.rows(outputs.values())
        : TfsRestAnswer.columns(outputs.values());
  }
}
