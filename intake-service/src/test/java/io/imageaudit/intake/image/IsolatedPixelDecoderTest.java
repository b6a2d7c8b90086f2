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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class IsolatedPixelDecoderTest {

  private static final ImageHeader HEADER = ImageHeader.plain(ImageFormat.JPEG, 640, 480, 3);

  @TempDir Path folder;

  @Test
  void pictures_are_decoded_in_another_process_as_they_are_in_this_one() throws IOException {
    Path file = Files.write(folder.resolve("picture"), Pictures.jpeg(640, 480));
    Path damaged = Files.write(folder.resolve("damaged"), new byte[100]);
    try (PixelDecoder isolated =
            new IsolatedPixelDecoder(settings(Duration.ofMinutes(1)), DecoderCommand.line(64));
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
  void a_process_that_cannot_start_is_a_fault_of_ours() {
    try (PixelDecoder decoder =
        new IsolatedPixelDecoder(settings(Duration.ofMinutes(1)), List.of("/nowhere/java"))) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> decoder.decode(Path.of("sound"), HEADER));
    }
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
    return new IsolatedPixelDecoder(settings(deadline), command);
  }

  private static DecoderSettings settings(Duration deadline) {
    return new DecoderSettings(1, deadline, 100, 64);
  }
}
