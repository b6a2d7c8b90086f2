package io.imageaudit.modelserver;

import io.imageaudit.modelserver.fault.LatencyCurve;
import io.imageaudit.modelserver.serve.RefusedException;
import io.imageaudit.modelserver.tensor.Shape;
import io.imageaudit.modelserver.tensor.TensorSpec;
import io.imageaudit.modelserver.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/** A server with tiny models: tiny (versions 1 and 3), bytes (UINT8), halves (FP16), picky. */
final class TinyServer {

  static final int MAX_BATCH = 4;

  private TinyServer() {}

  static ModelServerSettings.Builder settings(Path folder) {
    TinyModel.write(folder.resolve("tiny/1/model.onnx"), TinyModel.FLOAT);
    TinyModel.write(folder.resolve("tiny/3/model.onnx"), TinyModel.FLOAT);
    TinyModel.write(folder.resolve("bytes.onnx"), TinyModel.UINT8);
    TinyModel.write(folder.resolve("halves.onnx"), TinyModel.FLOAT16);
    return ModelServerSettings.forTests()
        .models(folder)
        .maxBatch(MAX_BATCH)
        .threads(1)
        .simulated(picky())
        .simulated(encoded());
  }

  /** Doubles its one number per row and refuses rows that are negative. */
  private static SimulatedModel picky() {
    return new SimulatedModel(
        "picky",
        new TensorSpec("x", TensorType.FP32, Shape.of(-1, 1)),
        new TensorSpec("y", TensorType.FP32, Shape.of(-1, 1)),
        LatencyCurve.constant(Duration.ZERO),
        1,
        TinyServer::doubled);
  }

  /** Says how long each encoded image is. */
  private static SimulatedModel encoded() {
    return new SimulatedModel(
        "encoded",
        new TensorSpec("image", TensorType.BYTES, Shape.of(-1)),
        new TensorSpec("length", TensorType.FP32, Shape.of(-1, 1)),
        LatencyCurve.constant(Duration.ZERO),
        1,
        row -> new float[] {row.remaining()});
  }

  private static float[] doubled(ByteBuffer row) {
    float number = row.getFloat();
    if (number < 0) {
      throw RefusedException.invalid("a row is negative");
    }
    return new float[] {2 * number};
  }
}
