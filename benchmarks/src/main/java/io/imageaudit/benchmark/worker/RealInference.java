package io.imageaudit.benchmark.worker;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Table;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The demonstration model through worker and model server, against the same runtime in-process. */
public final class RealInference implements Benchmark {

  private static final int BATCH = 16;
  private static final int SIDE = 224;
  private static final int PICTURES = 480;
  private static final int WARM_UP = 4000;
  private static final int ROUNDS = 3;

  @Override
  public String name() {
    return "real-inference";
  }

  @Override
  public String question() {
    return "How many pictures per second does the demonstration model see on this machine, through"
        + " worker and model server, and with ONNX Runtime alone?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    StoredPictures pictures = StoredPictures.draw(bench.folder().resolve("store"), 24, SIDE);
    ServedModel model =
        ServedModel.start(
            bench, List.of("--models", bench.root().resolve("demo-model").toString()));
    Workload workload = new Workload(bench.servers(), pictures);
    List<Double> alone = new ArrayList<>();
    List<Double> through = new ArrayList<>();
    try (OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        OrtSession session =
            runtime.createSession(
                bench.root().resolve("demo-model/demo.onnx").toString(),
                new OrtSession.SessionOptions());
        Program program = workload.worker(bench, model, BATCH)) {
      var _ = workload.run(program, WARM_UP);
      var _ = inProcess(runtime, session);
      for (int round = 0; round < ROUNDS; round++) {
        alone.add(inProcess(runtime, session));
        through.add(workload.run(program, PICTURES).perSecond());
      }
    }
    double limit = Rounds.median(alone);
    double ours = Rounds.median(through);
    return Table.of("who", "images/s", "of ONNX Runtime")
        .with("ONNX Runtime in-process, batches of " + BATCH, number(limit), "100 %")
        .with("worker and model server", number(ours), number(100 * ours / limit) + " %");
  }

  private static double inProcess(OrtEnvironment runtime, OrtSession session) throws OrtException {
    float[] batch = new float[BATCH * 3 * SIDE * SIDE];
    java.util.Arrays.fill(batch, 0.5f);
    String input = session.getInputNames().iterator().next();
    long start = System.nanoTime();
    for (int done = 0; done < PICTURES; done += BATCH) {
      try (OnnxTensor tensor =
              OnnxTensor.createTensor(
                  runtime, FloatBuffer.wrap(batch), new long[] {BATCH, 3, SIDE, SIDE});
          OrtSession.Result result = session.run(Map.of(input, tensor))) {
        if (result.size() == 0) {
          throw new IllegalStateException("no output");
        }
      }
    }
    return PICTURES / ((System.nanoTime() - start) / 1e9);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
