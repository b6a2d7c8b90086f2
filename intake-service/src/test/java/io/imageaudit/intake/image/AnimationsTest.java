package io.imageaudit.intake.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.intake.Pictures;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.ImageParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of several frames or tiles. */
class AnimationsTest {

  private static final byte[] FIRST_PNG = Pictures.png(200, 150);
  private static final byte[] SECOND_PNG = Pictures.encode("png", turned());
  private static final byte[] FIRST_GIF = Pictures.encode("gif", 200, 150);
  private static final byte[] SECOND_GIF = Pictures.encode("gif", turned());
  private static final byte[] FIRST_WEBP = Pictures.webp(200, 150);

  @TempDir Path folder;

  private final JudgeImage judge =
      new JudgeImage(
          new ImageLimits(JudgeImageTest.DEFAULTS),
          new OpenCvPixelDecoder(() -> ""),
          JudgeImageTest.queue());

  static Stream<Arguments> animated() {
    return Stream.of(
        Arguments.of("gif", Bombs.animatedGif(FIRST_GIF, SECOND_GIF, FIRST_GIF)),
        Arguments.of("png", Bombs.animatedPng(200, 150, FIRST_PNG, SECOND_PNG, FIRST_PNG)),
        Arguments.of("webp", Bombs.animatedWebp(200, 150, FIRST_WEBP, FIRST_WEBP, FIRST_WEBP)));
  }

  @ParameterizedTest
  @MethodSource("animated")
  void all_frames_are_counted_and_timed(String format, byte[] content) throws IOException {
    ImageFacts facts = accepted(content);

    assertThat(facts.format()).isEqualTo(format);
    assertThat(facts.frames()).isEqualTo(3);
    assertThat(facts.parts()).isEqualTo(new ImageParts(1, 300L));
  }

  static Stream<Arguments> damaged() {
    byte[] shortGif = Bombs.animatedGif(FIRST_GIF, halved(SECOND_GIF));
    byte[] shortPng = Pictures.png(200, 75);
    byte[] gap = Bombs.animatedPng(200, 150, FIRST_PNG, SECOND_PNG, FIRST_PNG);
    byte[] missing = Bombs.animatedPng(200, 150, FIRST_PNG, SECOND_PNG);
    byte[] broken = FIRST_WEBP.clone();
    Arrays.fill(broken, 40, broken.length, (byte) 0x5a);
    return Stream.of(
        Arguments.of("GIF whose second frame has half of its rows", shortGif),
        Arguments.of(
            "PNG whose second frame has half of its rows",
            Bombs.animatedPng(200, 150, FIRST_PNG, shortPng)),
        Arguments.of("PNG whose frames are out of order", Bombs.numbered(gap, 4, 9)),
        Arguments.of("PNG with a frame less than it says", Bombs.frameCount(missing, 3)),
        Arguments.of(
            "WebP whose second frame makes no sense",
            Bombs.animatedWebp(200, 150, FIRST_WEBP, broken)),
        Arguments.of(
            "WebP whose second frame is smaller than it says",
            Bombs.animatedWebp(200, 150, FIRST_WEBP, Pictures.webp(200, 75))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void a_later_frame_that_is_not_whole_is_known(String name, byte[] content) throws IOException {
    assertThat(judge(content))
        .isInstanceOfSatisfying(
            Judgement.Rejected.class,
            rejected ->
                assertThat(rejected.failure())
                    .extracting(Failure::code)
                    .isEqualTo(FailureCode.CORRUPT_IMAGE));
  }

  @Test
  void every_kind_of_gif_that_the_platform_writes_has_all_of_its_pixels() throws IOException {
    for (int side = 50; side < 400; side += 7) {
      assertThat(accepted(Pictures.encode("gif", side, 450 - side)).frames()).isOne();
    }
  }

  @Test
  void a_long_picture_says_in_how_many_tiles_it_is_looked_at() throws IOException {
    assertThat(accepted(Pictures.png(100, 1000)).parts()).isEqualTo(new ImageParts(13, null));
    assertThat(accepted(Pictures.oriented(Pictures.jpeg(1000, 100), 6)).parts())
        .isEqualTo(new ImageParts(13, null));
    assertThat(accepted(Pictures.png(100, 150)).parts()).isNull();
  }

  private ImageFacts accepted(byte[] content) throws IOException {
    Judgement judgement = judge(content);
    assertThat(judgement).isInstanceOf(Judgement.Accepted.class);
    return ((Judgement.Accepted) judgement).facts();
  }

  private Judgement judge(byte[] content) throws IOException {
    return judge.judge(
        Files.write(folder.resolve("picture"), content),
        ContentDigest.of(content),
        JudgeImageTest.AMPLE);
  }

  private static java.awt.image.BufferedImage turned() {
    return Pictures.scaled(
        Pictures.picture(150, 200, java.awt.image.BufferedImage.TYPE_3BYTE_BGR), 200, 150);
  }

  /** The GIF with half of its picture's data blocks. */
  private static byte[] halved(byte[] gif) {
    int at = 13 + GifHeader.tableBytes(gif[10]);
    while (gif[at] != 0x2c) {
      at += 8;
    }
    int start = at + 11;
    int end = start;
    while (end - start < (gif.length - start) / 2) {
      end += (gif[end] & 0xff) + 1;
    }
    return Bombs.join(Arrays.copyOf(gif, end), new byte[] {0, 0x3b});
  }
}
