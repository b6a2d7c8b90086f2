package io.imageaudit.intake.image;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.imageaudit.intake.Pictures;
import io.imageaudit.model.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IsolatedPixelDecoderTest {

  private static final ImageHeader HEADER = ImageHeader.plain(ImageFormat.JPEG, 640, 480, 3);

  private static final ImageSettings LIMITS = JudgeImageTest.DEFAULTS;

  @TempDir Path folder;

  @Test
  void pictures_are_decoded_in_another_process_as_they_are_in_this_one() throws IOException {
    Path file = Files.write(folder.resolve("picture"), Pictures.jpeg(640, 480));
    Path damaged = Files.write(folder.resolve("damaged"), new byte[100]);
    try (PixelDecoder isolated =
            new IsolatedPixelDecoder(
                settings(Duration.ofMinutes(1)), DecoderCommand.line(64), LIMITS);
        PixelDecoder local = new OpenCvPixelDecoder(() -> "")) {
      assertThat(isolated.decode(file, HEADER).hash()).isEqualTo(local.decode(file, HEADER).hash());
      assertThatExceptionOfType(ImageFaultException.class)
          .isThrownBy(() -> isolated.decode(damaged, HEADER))
          .satisfies(
              fault -> assertThat(fault.failure().code()).isEqualTo(FailureCode.CORRUPT_IMAGE));
      assertThat(isolated.decode(file, HEADER).preview().jpeg().remaining()).isPositive();
    }
  }

  @Test
  void a_picture_that_hangs_the_decoder_is_refused_and_the_next_one_is_decoded()
      throws IOException {
    try (PixelDecoder decoder = faulty(Duration.ofSeconds(1))) {
      assertRefused(decoder, "hangs", FailureCode.TOO_MANY_PIXELS);
      assertThat(decoder.decode(Path.of("sound"), HEADER).hash().quality()).isOne();
    }
  }

  @Test
  void a_picture_that_kills_the_decoder_is_corrupt_and_the_next_one_is_decoded()
      throws IOException {
    try (PixelDecoder decoder = faulty(Duration.ofMinutes(1))) {
      assertRefused(decoder, "dies", FailureCode.CORRUPT_IMAGE);
      assertRefused(decoder, "nonsense", FailureCode.CORRUPT_IMAGE);
      assertThat(decoder.decode(Path.of("sound"), HEADER).hash().quality()).isOne();
    }
  }

  @Test
  void a_picture_is_given_to_a_second_process_when_the_first_one_dies() throws IOException {
    try (PixelDecoder decoder = faulty(Duration.ofMinutes(1))) {
      assertThat(decoder.decode(folder.resolve("dies-once"), HEADER).hash().quality()).isOne();
    }
  }

  @Test
  void closing_leaves_no_process_behind() throws IOException {
    Set<ProcessHandle> before = ProcessHandle.current().children().collect(toSet());
    Set<ProcessHandle> started;
    try (PixelDecoder decoder = faulty(Duration.ofMinutes(1))) {
      decoder.decode(Path.of("sound"), HEADER);
      started = ProcessHandle.current().children().collect(toSet());
      started.removeAll(before);
      assertThat(started).isNotEmpty();
    }
    Awaitility.await().until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void a_picture_that_comes_after_the_end_is_read_again_by_another() {
    PixelDecoder decoder = faulty(Duration.ofMinutes(1));
    decoder.close();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> decoder.decode(Path.of("sound"), HEADER));
  }

  @Test
  void a_process_that_cannot_start_is_a_fault_of_ours() {
    try (PixelDecoder decoder =
        new IsolatedPixelDecoder(
            settings(Duration.ofMinutes(1)), List.of("/nowhere/java"), LIMITS)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> decoder.decode(Path.of("sound"), HEADER));
    }
  }

  @Test
  void a_process_that_hangs_at_its_start_is_given_up_and_the_next_picture_is_not_held_up()
      throws IOException {
    Set<ProcessHandle> before = ProcessHandle.current().children().collect(toSet());
    List<String> hanging = List.of("/bin/sh", "-c", "exec sleep 1000");
    DecoderSettings impatient =
        new DecoderSettings(1, Duration.ofMinutes(1), Duration.ofMillis(300), 100, 64);
    try (PixelDecoder decoder = new IsolatedPixelDecoder(impatient, hanging, LIMITS)) {
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(IOException.class)
            .isThrownBy(() -> decoder.decode(Path.of("sound"), HEADER));
      }
      assertThat(ProcessHandle.current().children())
          .filteredOn(child -> !before.contains(child))
          .noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void closing_ends_a_process_that_hangs_at_its_start() throws Exception {
    Path started = folder.resolve("started");
    List<String> hanging = List.of("/bin/sh", "-c", "touch " + started + "; exec sleep 1000");
    FutureTask<DecodedPicture> waiting;
    try (PixelDecoder decoder =
        new IsolatedPixelDecoder(settings(Duration.ofMinutes(1)), hanging, LIMITS)) {
      waiting = new FutureTask<>(() -> decoder.decode(Path.of("sound"), HEADER));
      Thread.ofVirtual().start(waiting);
      Awaitility.await().until(() -> Files.exists(started));
    }
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(waiting::get)
        .withCauseInstanceOf(IOException.class);
  }

  @Test
  void a_process_knows_nothing_of_ours_but_where_to_find_its_platform_and_its_limits()
      throws IOException {
    Path seen = folder.resolve("environment");
    List<String> telling = List.of("/bin/sh", "-c", "env > " + seen);
    try (PixelDecoder decoder =
        new IsolatedPixelDecoder(settings(Duration.ofMinutes(1)), telling, LIMITS)) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> decoder.decode(Path.of("sound"), HEADER));
    }
    assertThat(Files.readAllLines(seen))
        .contains("OPENCV_IO_MAX_IMAGE_PIXELS=50000000", "OPENCV_IO_MAX_IMAGE_WIDTH=16384")
        .extracting(line -> line.substring(0, line.indexOf('=')))
        .isSubsetOf(
            "PATH",
            "HOME",
            "LANG",
            "LC_ALL",
            "TMPDIR",
            "LD_LIBRARY_PATH",
            "PWD",
            "SHLVL",
            "_",
            "OPENCV_LOG_LEVEL",
            "OPENCV_IO_MAX_IMAGE_PIXELS",
            "OPENCV_IO_MAX_IMAGE_WIDTH",
            "OPENCV_IO_MAX_IMAGE_HEIGHT");
  }

  private void assertRefused(PixelDecoder decoder, String file, FailureCode code) {
    assertThatExceptionOfType(ImageFaultException.class)
        .isThrownBy(() -> decoder.decode(folder.resolve(file), HEADER))
        .satisfies(fault -> assertThat(fault.failure().code()).isEqualTo(code));
  }

  private static PixelDecoder faulty(Duration deadline) {
    List<String> command =
        DecoderCommand.line(64).stream()
            .map(word ->
                word.equals(DecodingProcess.class.getName())
                    ? FaultyDecodingProcess.class.getName()
                    : word)
            .toList();
    return new IsolatedPixelDecoder(settings(deadline), command, LIMITS);
  }

  private static DecoderSettings settings(Duration deadline) {
    return new DecoderSettings(1, deadline, Duration.ofMinutes(1), 100, 64);
  }
}
