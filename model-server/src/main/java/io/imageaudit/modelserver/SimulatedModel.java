package io.imageaudit.modelserver;

import io.imageaudit.modelserver.fault.LatencyCurve;
import io.imageaudit.modelserver.serve.ModelBody;
import io.imageaudit.modelserver.tensor.Tensor;
import io.imageaudit.modelserver.tensor.TensorSpec;
import io.imageaudit.modelserver.tensor.TensorType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A model without a file: takes its time as a curve says, and computes its one output row by row in
 * Java. For benchmarks, and for tests that need an input that a model refuses.
 *
 * @param name the name by which calls ask for it; its version is 1
 * @param input what it takes; an open batch dimension first
 * @param output what it gives, FP32; an open batch dimension first and no other open one
 * @param latency time for a batch, during which an executor is taken
 * @param executors batches that run at once, >= 1
 * @param scores the output of one row
 */
public record SimulatedModel(
    String name,
    TensorSpec input,
    TensorSpec output,
    LatencyCurve latency,
    int executors,
    RowScores scores) {

  /** Computes the output of one row. */
  @FunctionalInterface
  public interface RowScores {

    /**
     * Scores a row.
     *
     * @param row its bytes, little-endian; of byte strings, the first one's content
     * @return as many numbers as the output has per row
     * @throws io.imageaudit.modelserver.serve.RefusedException fails the whole batch with its code
     */
    float[] of(ByteBuffer row);

    /** The same scores for every row. */
    static RowScores constant(float... scores) {
      float[] copy = scores.clone();
      return _ -> copy;
    }
  }

  /** Checks the shapes. */
  public SimulatedModel {
    if (!input.shape().hasOpenBatch()
        || !output.shape().hasOpenBatch()
        || output.shape().dimensions().lastIndexOf(-1L) > 0
        || output.type() != TensorType.FP32) {
      throw new IllegalArgumentException(
          "simulated model: %s -> %s (expected: open batch first, output FP32 and otherwise fixed)"
              .formatted(input, output));
    }
  }

  /**
   * A model written as {@code
   * name=demo;input=image:FP32:-1,3,224,224;output=scores:FP32:-1,4;latency=1:45,8:68,16:82;jitter=0.08;executors=8}.
   * All scores are 0.1.
   */
  public static SimulatedModel parse(String text) {
    return SimulatedModelText.parse(text);
  }

  ModelBody body(RandomGenerator random) {
    return (inputs, _) -> run(Objects.requireNonNull(inputs.get(input.name())), random);
  }

  private Map<String, Tensor> run(Tensor tensor, RandomGenerator random)
      throws InterruptedException {
    long rows = tensor.shape().rows();
    Duration time = latency.sample(rows, random);
    long end = System.nanoTime() + time.toNanos();
    ByteBuffer answer = Tensor.allocate(output.shape().withRows(rows).elements(), output.type());
    ByteBuffer data = tensor.elements();
    for (long row = 0; row < rows; row++) {
      for (float score : scores.of(row(tensor, data))) {
        answer.putFloat(score);
      }
    }
    Thread.sleep(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    return Map.of(
        output.name(),
        new Tensor(output.name(), output.type(), output.shape().withRows(rows), answer.flip()));
  }

  private static ByteBuffer row(Tensor tensor, ByteBuffer data) {
    int size =
        tensor.type() == TensorType.BYTES
            ? data.getInt()
            : Math.toIntExact(tensor.size() / tensor.shape().rows());
    ByteBuffer row = data.slice(data.position(), size).order(data.order());
    data.position(data.position() + size);
    return row;
  }
}
