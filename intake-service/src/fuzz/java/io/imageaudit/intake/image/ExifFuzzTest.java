package io.imageaudit.intake.image;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes {@link FuzzTargets#exif}. */
class ExifFuzzTest {

  static Stream<byte[]> corpus() {
    return FuzzTargets.corpus();
  }

  @MethodSource("corpus")
  @FuzzTest(maxDuration = "60s")
  void exif(byte @NotNull [] content) {
    FuzzTargets.exif(content);
  }
}
