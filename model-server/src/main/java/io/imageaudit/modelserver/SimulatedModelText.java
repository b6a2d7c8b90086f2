package io.imageaudit.modelserver;

import io.imageaudit.modelserver.SimulatedModel.RowScores;
import io.imageaudit.modelserver.fault.LatencyCurve;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.TensorSpec;
import io.imageaudit.modelserver.tensor.TensorType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A simulated model written in one line. */
final class SimulatedModelText {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "name", "demo",
          "input", "image:FP32:-1,3,224,224",
          "output", "scores:FP32:-1,4",
          "latency", "1:45,8:68,16:82",
          "jitter", "0.08",
          "executors", "8");

  private static final float SCORE = 0.1f;

  private SimulatedModelText() {}

  static SimulatedModel parse(String text) {
    Map<String, String> parts = new HashMap<>(DEFAULTS);
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0 || !DEFAULTS.containsKey(part.substring(0, equals))) {
        throw new IllegalArgumentException(
            "simulate: '" + part + "' (expected: one of " + DEFAULTS.keySet() + " = value)");
      }
      parts.put(part.substring(0, equals), part.substring(equals + 1));
    }
    TensorSpec output = spec(part(parts, "output"));
    return new SimulatedModel(
        part(parts, "name"),
        spec(part(parts, "input")),
        output,
        LatencyCurve.parse(part(parts, "latency"), Double.parseDouble(part(parts, "jitter"))),
        Integer.parseInt(part(parts, "executors")),
        RowScores.constant(scores(output)));
  }

  private static float[] scores(TensorSpec output) {
    if (output.shape().dimensions().lastIndexOf(-1L) > 0) {
      throw new IllegalArgumentException(
          "simulate: " + output.shape() + " (expected: an output with an open batch alone)");
    }
    float[] scores = new float[Math.toIntExact(output.shape().withRows(1).elements())];
    Arrays.fill(scores, SCORE);
    return scores;
  }

  private static String part(Map<String, String> parts, String name) {
    return Objects.requireNonNull(parts.get(name));
  }

  private static TensorSpec spec(String text) {
    List<String> fields = List.of(text.split(":", -1));
    if (fields.size() != 3 || !fields.get(2).matches("-1(,(-1|[1-9][0-9]{0,8}))*")) {
      throw new IllegalArgumentException(
          "simulate: '"
              + text
              + "' (expected: name:TYPE:-1,sizes, such as image:FP32:-1,3,224,224)");
    }
    List<Long> sizes = Arrays.stream(fields.get(2).split(",")).map(Long::valueOf).toList();
    return new TensorSpec(fields.get(0), TensorType.valueOf(fields.get(1)), new Shape(sizes));
  }
}
