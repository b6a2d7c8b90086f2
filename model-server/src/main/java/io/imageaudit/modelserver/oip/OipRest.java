package io.imageaudit.modelserver.oip;

import io.grpc.Status;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.rest.RestAnswer;
import io.imageaudit.modelserver.rest.RestCall;
import io.imageaudit.modelserver.rest.RestRoute;
import io.imageaudit.modelserver.serve.Caller;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.RunInference;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Open Inference Protocol over REST with binary tensors; statuses as Triton has them. */
public final class OipRest implements RestRoute {

  private final OipModels models;
  private final RunInference inference;
  private final int maxElements;
  private final Duration patience;

  /**
   * Serves these models.
   *
   * @param maxElements most elements of an input in JSON
   * @param patience how long a call may wait for an executor
   */
  public OipRest(
      Models models, RunInference inference, Faults faults, int maxElements, Duration patience) {
    this.models = new OipModels(models, faults);
    this.inference = inference;
    this.maxElements = maxElements;
    this.patience = patience;
  }

  @Override
  public String prefix() {
    return "v2";
  }

  @Override
  public RestAnswer answer(RestCall call) {
    List<String> path = call.path();
    if (path.size() >= 3 && path.get(1).equals("models")) {
      boolean versioned = path.size() >= 5 && path.get(3).equals("versions");
      String action = String.join("/", path.subList(versioned ? 5 : 3, path.size()));
      return model(call, path.get(2), versioned ? path.get(4) : "", action);
    }
    if (!call.method().equals("GET")) {
      return RestAnswer.error(405, "Method Not Allowed");
    }
    return switch (String.join("/", path)) {
      case "v2" -> serverMetadata();
      case "v2/health/live" -> RestAnswer.empty(200);
      case "v2/health/ready" -> RestAnswer.empty(models.isReady() ? 200 : 400);
      default -> RestAnswer.error(404, "Not Found");
    };
  }

  @Override
  public int httpStatus(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case NOT_FOUND -> 404;
      case UNAVAILABLE -> 503;
      case INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case RESOURCE_EXHAUSTED -> 429;
      case DEADLINE_EXCEEDED -> 504;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case ALREADY_EXISTS, ABORTED -> 409;
      case INVALID_ARGUMENT, UNKNOWN, CANCELLED, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
    };
  }

  private RestAnswer model(RestCall call, String name, String version, String action) {
    boolean read = call.method().equals("GET");
    return switch (action) {
      case "" -> {
        ServedModel model = models.find(name, version);
        yield read
            ? RestAnswer.json(OipRestWriter.metadata(model, models.versions(name)))
            : RestAnswer.error(405, "Method Not Allowed");
      }
      case "ready" -> RestAnswer.empty(models.isReady(name, version) ? 200 : 400);
      case "infer" ->
          read
              ? RestAnswer.error(405, "Method Not Allowed")
              : infer(call, models.find(name, version));
      default -> RestAnswer.error(404, "Not Found");
    };
  }

  private RestAnswer infer(RestCall call, ServedModel model) {
    OipRestRequest request = request(call, model);
    Map<String, Tensor> outputs =
        inference.run(
            model,
            request.inputs(),
            request.outputNames(),
            new Caller(patience),
            OipMessages.queueLimit(request.timeoutMicros()));
    return OipRestWriter.answer(request, model, outputs.values());
  }

  private OipRestRequest request(RestCall call, ServedModel model) {
    ByteBuffer body = call.body();
    int jsonSize = call.header(OipRestWriter.HEADER_LENGTH).map(OipRest::size).orElse(body.limit());
    if (jsonSize > body.limit()) {
      throw RefusedException.invalid(
          OipRestWriter.HEADER_LENGTH + " is larger than the body of " + body.limit() + " bytes");
    }
    if (jsonSize == 0 && call.header(OipRestWriter.HEADER_LENGTH).isPresent()) {
      return rawRequest(body, model);
    }
    ByteBuffer binary = body.slice(jsonSize, body.limit() - jsonSize);
    return new OipRestReader(binary, maxElements).read(body.slice(0, jsonSize));
  }

  /** The whole body is the one input's only row. */
  private static OipRestRequest rawRequest(ByteBuffer body, ServedModel model) {
    if (model.inputs().size() != 1) {
      throw RefusedException.invalid("a raw request needs a model with one input");
    }
    TensorSpec spec = model.inputs().getFirst();
    var shape = spec.shape().hasOpenBatch() ? spec.shape().withRows(1) : spec.shape();
    Tensor input = new Tensor(spec.name(), spec.type(), shape, body);
    return new OipRestRequest("", 0, true, List.of(input), List.of());
  }

  private static int size(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw RefusedException.invalid(OipRestWriter.HEADER_LENGTH + " is no number of bytes");
    }
    return Integer.parseInt(text);
  }

  private static RestAnswer serverMetadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", OipModels.SERVER_NAME);
    metadata.put("version", OipModels.SERVER_VERSION);
    metadata.put("extensions", OipModels.EXTENSIONS);
    return RestAnswer.json(metadata);
  }
}
