package io.imageaudit.modelserver.admin;

import io.grpc.Status;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.fault.LatencyCurve;
import io.imageaudit.modelserver.fault.OutputFault;
import io.imageaudit.modelserver.rest.JsonText;
import io.imageaudit.modelserver.rest.RestAnswer;
import io.imageaudit.modelserver.rest.RestCall;
import io.imageaudit.modelserver.rest.RestRoute;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.serve.Traffic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Faults over REST: {@code PUT /admin/faults} switches what its JSON names, {@code DELETE} switches
 * all off, {@code GET /admin/traffic} counts. Anyone who reaches the port can do that, so that it
 * is there only when the settings say so.
 */
public final class AdminRest implements RestRoute {

  private final Faults faults;
  private final Traffic traffic;

  /** Switches these. */
  public AdminRest(Faults faults, Traffic traffic) {
    this.faults = faults;
    this.traffic = traffic;
  }

  @Override
  public String prefix() {
    return "admin";
  }

  @Override
  public RestAnswer answer(RestCall call) {
    return switch (call.method() + " " + String.join("/", call.path())) {
      case "PUT admin/faults" -> {
        switchOn(JsonText.MAPPER.readTree(call.body().array()));
        yield RestAnswer.json(Map.of("ok", true));
      }
      case "DELETE admin/faults" -> {
        faults.reset();
        yield RestAnswer.json(Map.of("ok", true));
      }
      case "GET admin/traffic" -> RestAnswer.json(counts());
      default -> RestAnswer.error(404, "Not Found");
    };
  }

  @Override
  public int httpStatus(Status.Code code) {
    return 400;
  }

  private void switchOn(JsonNode json) {
    if (!json.isObject()) {
      throw RefusedException.invalid("faults: " + json.getNodeType() + " (expected: an object)");
    }
    try {
      for (Map.Entry<String, JsonNode> fault : json.properties()) {
        switchOn(fault.getKey(), fault.getValue());
      }
    } catch (IllegalArgumentException e) {
      throw RefusedException.invalid(String.valueOf(e.getMessage()));
    }
  }

  private void switchOn(String name, JsonNode value) {
    switch (name) {
      case "latency" -> faults.slow(curve(value));
      case "fail_next" -> faults.failNext(value.path("calls").asLong(1), code(value));
      case "fail_share" -> faults.failShare(value.path("share").asDouble(0), code(value));
      case "hang" -> faults.hang(value.asBoolean(false));
      case "refuse" -> faults.refuseConnections(value.asBoolean(false));
      case "not_ready" -> faults.notReady(value.asBoolean(false));
      case "typed_output" -> faults.typedOutput(value.asBoolean(false));
      case "output" ->
          faults.spoilOutput(OutputFault.valueOf(value.asString("").toUpperCase(Locale.ROOT)));
      default ->
          throw new IllegalArgumentException(
              name
                  + ": unknown (expected: "
                  + List.of(
                      "latency",
                      "fail_next",
                      "fail_share",
                      "hang",
                      "refuse",
                      "not_ready",
                      "typed_output",
                      "output")
                  + ")");
    }
  }

  private static LatencyCurve curve(JsonNode value) {
    return LatencyCurve.parse(value.path("curve").asString(""), value.path("jitter").asDouble(0));
  }

  private static Status.Code code(JsonNode value) {
    return Status.Code.valueOf(value.path("code").asString("UNAVAILABLE"));
  }

  private Map<String, Object> counts() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("calls", traffic.calls());
    counts.put("answered", traffic.answered());
    counts.put("rows", traffic.rows());
    counts.put("largest_batch", traffic.largestBatch());
    counts.put("most_running", traffic.mostRunning());
    return counts;
  }
}
