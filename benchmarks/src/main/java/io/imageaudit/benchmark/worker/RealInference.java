package io.imageaudit.benchmark.worker;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Table;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demonstration model through worker and model server, against the same runtime in-process. */
public final class RealInference implements Benchmark {

  private static final int BATCH = 16;
  private static final int SIDE = 224;
  private static final int PICTURES = 4800;
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
    Workload workload = bench.keep(new Workload(bench.servers(), pictures));
    List<Double> alone = new ArrayList<>();
    List<Double> through = new ArrayList<>();
    Path file = bench.root().resolve("demo-model/demo.onnx");
    Process runtime = RuntimeAlone.start(file, BATCH, PICTURES);
    try (Program program = workload.worker(bench, model, BATCH);
        BufferedReader answers = runtime.inputReader();
        BufferedWriter asks = runtime.outputWriter()) {
      var _ = workload.run(program, WARM_UP);
      for (int round = 0; round <= ROUNDS; round++) {
        double rate = ask(asks, answers);
        if (round > 0) { // The first one warms it up.
          alone.add(rate);
          through.add(workload.run(program, PICTURES).perSecond());
        }
      }
    } finally {
      runtime.destroy();
    }
    double limit = Rounds.median(alone);
    double ours = Rounds.median(through);
    return Table.of("who", "images/s", "of ONNX Runtime")
        .with("ONNX Runtime in-process, batches of " + BATCH, number(limit), "100 %")
        .with("worker and model server", number(ours), number(100 * ours / limit) + " %");
  }

  private static double ask(BufferedWriter asks, BufferedReader answers) throws IOException {
    asks.newLine();
    asks.flush();
    String rate = answers.readLine();
    if (rate == null) {
      throw new IOException("the runtime has ended");
    }
    return Double.parseDouble(rate);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
