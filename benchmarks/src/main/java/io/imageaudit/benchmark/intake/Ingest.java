package io.imageaudit.benchmark.intake;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Table;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** Everything that intake finds out about a picture, against one bare decode of it. */
public final class Ingest implements Benchmark {

  private static final int[][] SIZES = {{800, 800}, {1600, 1600}, {4000, 3000}};

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String question() {
    return "How many pictures a second does one core judge and describe, against one bare OpenCV"
        + " decode of the same file? (aim: at least 60 %)";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    List<String> command = new ArrayList<>();
    Path jar = bench.root().resolve("intake-service/target/intake-service-0.1.0.jar");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-cp"));
    command.add(jar.toString());
    command.add("-Dloader.main=" + JudgingProcess.class.getName());
    command.add("-Dloader.path=" + bench.root().resolve("benchmarks/target/classes"));
    command.add("org.springframework.boot.loader.launch.PropertiesLauncher");
    for (int[] size : SIZES) {
      command.add(picture(bench.folder(), size[0], size[1]).toString());
    }
    Table table = Table.of("JPEG", "judged/s", "decoded/s", "share");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("result ")) {
          String[] words = line.split(" ", -1);
          double share = Double.parseDouble(words[2]) / Double.parseDouble(words[3]);
          table = table.with(words[1], words[2], words[3], "%.0f %%".formatted(100 * share));
        }
      }
    }
    if (process.waitFor() != 0 || table.rows().size() != SIZES.length) {
      throw new IOException("the judging process ended early");
    }
    return table;
  }

  /** With as much detail as a photograph: shapes, gradients and noise. */
  private static Path picture(Path folder, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = image.createGraphics();
    canvas.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
    canvas.fillRect(0, 0, width, height);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      canvas.setColor(new Color(random.nextInt(0xffffff)));
      int size = 10 + random.nextInt(width / 8);
      canvas.fillOval(random.nextInt(width), random.nextInt(height), size, size);
    }
    canvas.dispose();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = random.nextInt(13) - 6;
        int colour = image.getRGB(x, y);
        image.setRGB(
            x, y, noisy(colour, 16, noise) | noisy(colour, 8, noise) | noisy(colour, 0, noise));
      }
    }
    Path file = folder.resolve(width + "x" + height);
    ImageIO.write(image, "jpg", file.toFile());
    return file;
  }

  private static int noisy(int colour, int shift, int noise) {
    return Math.clamp((colour >> shift & 0xff) + noise, 0, 255) << shift;
  }
}
