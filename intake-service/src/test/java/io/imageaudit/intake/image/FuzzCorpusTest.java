package io.imageaudit.intake.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fixed corpus of the fuzz targets, as it is and with bytes changed; always the same ones. */
class FuzzCorpusTest {

  private static final int CHANGES = 3000;

  static Stream<byte[]> corpus() {
    return FuzzTargets.corpus();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void any_bytes_are_read_or_refused(byte[] content) {
    Random random = new Random(content.length);
    byte[] changed = content.clone();
    for (int i = 0; i <= CHANGES; i++) {
      FuzzTargets.headers(changed);
      FuzzTargets.frames(changed);
      FuzzTargets.exif(changed);
      if (content.length > 0) {
        changed = i % 8 == 0 ? content.clone() : changed;
        changed[random.nextInt(content.length)] = (byte) random.nextInt();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void the_corpus_is_judged(byte[] content, @TempDir Path folder) {
    JudgeImage judge =
        new JudgeImage(
            new ImageLimits(JudgeImageTest.DEFAULTS),
            new OpenCvPixelDecoder(() -> ""),
            JudgeImageTest.queue());
    FuzzTargets.decode(content, judge, folder.resolve("picture"));

    assertThat(folder.resolve("picture")).hasBinaryContent(content);
  }
}
