package io.imageaudit.benchmark.worker;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * ONNX Runtime and nothing else, in a process of its own. For each line that it reads it runs the
 * model over some pictures, in batches, and prints how many it saw per second.
 */
public final class RuntimeAlone {

  private static final int SIDE = 224;

  private RuntimeAlone() {}

  /**
   * Runs until its input ends.
   *
   * @param arguments the model's file, pictures per batch, pictures per round
   */
  public static void main(String[] arguments) throws OrtException, IOException {
    int batch = Integer.parseInt(arguments[1]);
    int pictures = Integer.parseInt(arguments[2]);
    BufferedReader rounds =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        OrtSession session = runtime.createSession(arguments[0], new OrtSession.SessionOptions())) {
      while (rounds.readLine() != null) {
        System.out.println(perSecond(runtime, session, batch, pictures));
      }
    }
  }

  /** A round in this process's own child, which the caller closes. */
  static Process start(Path model, int batch, int pictures) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            ownClassPath(),
            RuntimeAlone.class.getName(),
            model.toString(),
            Integer.toString(batch),
            Integer.toString(pictures))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Our classes and the runtime: beside the other libraries it has been seen to crash. */
  private static String ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.endsWith(".jar") || entry.contains("onnxruntime"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static double perSecond(
      OrtEnvironment runtime, OrtSession session, int size, int pictures) throws OrtException {
    float[] batch = new float[size * 3 * SIDE * SIDE];
    Arrays.fill(batch, 0.5f);
    String input = session.getInputNames().iterator().next();
    long start = System.nanoTime();
    for (int done = 0; done < pictures; done += size) {
      try (OnnxTensor tensor =
              OnnxTensor.createTensor(
                  runtime, FloatBuffer.wrap(batch), new long[] {size, 3, SIDE, SIDE});
          OrtSession.Result result = session.run(Map.of(input, tensor))) {
        if (result.size() == 0) {
          throw new IllegalStateException("no output");
        }
      }
    }
    return pictures / ((System.nanoTime() - start) / 1e9);
  }
}
