package io.imageaudit.intake.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** Fuzzes {@link FuzzTargets#decode}, with the native decoder in this very process. */
class DecodeFuzzTest {

  private static final JudgeImage JUDGE =
      new JudgeImage(
          new ImageLimits(
              new ImageSettings(
                  1, 4096, 90, 1 << 20, 20, 4 << 20, DataSize.ofMegabytes(16), 64, 1 << 26)),
          new OpenCvPixelDecoder(() -> ""),
          JudgeImageTest.queue());

  private static Path file = Path.of("fuzzed");

  @BeforeAll
  static void createFile() throws IOException {
    file = Files.createTempFile("fuzzed", null);
    file.toFile().deleteOnExit();
  }

  static Stream<byte[]> corpus() {
    return FuzzTargets.corpus();
  }

  @MethodSource("corpus")
  @FuzzTest(maxDuration = "60s")
  void decode(byte @NotNull [] content) {
    FuzzTargets.decode(content, JUDGE, file);
  }
}
