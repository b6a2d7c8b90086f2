package io.imageaudit.intake.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.intake.Pictures;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.FailureCode;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TenantId;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class JudgeImageTest {

  static final ImageSettings DEFAULTS =
      new ImageSettings(
          50,
          16_384,
          90,
          50_000_000,
          300,
          250_000_000,
          DataSize.ofMegabytes(256),
          64,
          2_000_000_000);

  /** For somebody who can wait. */
  static final DecodeTurn AMPLE =
      new DecodeTurn(new TenantId("acme"), Instant.parse("2100-01-01T00:00:00Z"));

  static final ImageSettings NO_LIMITS =
      new ImageSettings(
          1,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          DataSize.ofBytes(Long.MAX_VALUE),
          Integer.MAX_VALUE,
          Long.MAX_VALUE);

  @TempDir Path folder;

  private final JudgeImage judge =
      new JudgeImage(new ImageLimits(DEFAULTS), new OpenCvPixelDecoder(() -> ""), queue());

  /** For one decoder. */
  static DecodingQueue queue() {
    return new DecodingQueue(1, InstantSource.system());
  }

  static Stream<Arguments> whole() {
    return Stream.of(
        Arguments.of("jpeg", Pictures.jpeg(640, 480)),
        Arguments.of("jpeg", Pictures.progressiveJpeg(640, 480)),
        Arguments.of("png", Pictures.png(640, 480)),
        Arguments.of("gif", Pictures.encode("gif", 640, 480)),
        Arguments.of("bmp", Pictures.encode("bmp", 640, 480)),
        Arguments.of("webp", Pictures.webp(640, 480)));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void whole_pictures_are_accepted_with_their_facts(String format, byte[] content)
      throws IOException {
    ImageFacts facts = accepted(content).facts();

    assertThat(facts.phash()).matches("[0-9a-f]{64}");
    assertThat(facts)
        .isEqualTo(
            new ImageFacts(
                ContentDigest.of(content), format, 640, 480, content.length, 1, facts.phash()));
  }

  @ParameterizedTest
  @MethodSource("whole")
  void truncated_pictures_are_corrupt_wherever_they_end(String format, byte[] content)
      throws IOException {
    for (int sixteenth = 1; sixteenth < 16; sixteenth++) {
      assertThat(code(Pictures.start(content, sixteenth / 16.0)))
          .as("%s cut at %d/16", format, sixteenth)
          .isEqualTo(FailureCode.CORRUPT_IMAGE);
    }
    assertThat(code(Arrays.copyOf(content, content.length - 2)))
        .as("%s cut by two bytes", format)
        .isEqualTo(FailureCode.CORRUPT_IMAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void sizes_are_those_of_the_upright_picture(int orientation) throws IOException {
    byte[] content = Pictures.oriented(Pictures.jpeg(640, 480), orientation);
    ImageFacts facts = accepted(content).facts();

    assertThat(facts.width()).isEqualTo(orientation >= 5 ? 480 : 640);
    assertThat(facts.height()).isEqualTo(orientation >= 5 ? 640 : 480);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void the_preview_is_upright_whatever_the_orientation(int orientation) throws IOException {
    BufferedImage upright = Pictures.picture(320, 240, BufferedImage.TYPE_3BYTE_BGR);
    byte[] stored = Pictures.jpeg(Pictures.turnBack(upright, orientation));
    BufferedImage preview =
        Pictures.read(accepted(Pictures.oriented(stored, orientation)).preview());

    assertThat(preview.getWidth()).isEqualTo(320);
    assertThat(preview.getHeight()).isEqualTo(240);
    assertThat(Pictures.difference(preview, upright)).isLessThan(8);
  }

  @Test
  void transparent_parts_are_white_in_the_preview() throws IOException {
    BufferedImage glass = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);
    Judgement.Accepted accepted = accepted(Pictures.encode("png", glass));

    assertThat(accepted.details().alpha()).isTrue();
    assertThat(Pictures.read(accepted.preview()).getRGB(50, 50)).isEqualTo(0xffffffff);
  }

  @Test
  void a_preview_is_at_most_512_pixels_a_side_and_tells_nothing_of_the_file() throws IOException {
    byte[] content = Pictures.oriented(Pictures.jpeg(1600, 900), 6);
    Preview preview = accepted(content).preview();
    byte[] jpeg = new byte[preview.jpeg().remaining()];
    preview.jpeg().get(jpeg);

    assertThat(Pictures.read(preview).getHeight()).isEqualTo(400);
    assertThat(Pictures.read(preview).getWidth()).isEqualTo(225);
    Preview large = accepted(Pictures.png(1600, 900)).preview();
    assertThat(Pictures.read(large).getWidth()).isEqualTo(512);
    assertThat(Pictures.read(large).getHeight()).isEqualTo(288);
    assertThat(new String(jpeg, ISO_8859_1)).doesNotContain("Exif");
  }

  @Test
  void scaling_and_recoding_hardly_change_the_perceptual_hash() throws IOException {
    BufferedImage picture = Pictures.picture(1600, 1200, BufferedImage.TYPE_3BYTE_BGR);
    Judgement.Accepted first = accepted(Pictures.jpeg(picture));
    Judgement.Accepted small = accepted(Pictures.jpeg(Pictures.scaled(picture, 400, 300)));
    Judgement.Accepted png = accepted(Pictures.encode("png", picture));
    Judgement.Accepted other = accepted(Pictures.jpeg(1200, 1600));

    assertThat(first.details().hashQuality()).isGreaterThanOrEqualTo(50);
    assertThat(distance(first, small)).isLessThanOrEqualTo(31);
    assertThat(distance(first, png)).isLessThanOrEqualTo(31);
    assertThat(distance(first, other)).isGreaterThan(80);
  }

  @Test
  void a_picture_without_structure_has_a_hash_without_quality() throws IOException {
    BufferedImage plain = new BufferedImage(200, 200, BufferedImage.TYPE_3BYTE_BGR);

    assertThat(accepted(Pictures.encode("png", plain)).details().hashQuality()).isZero();
  }

  private static int distance(Judgement.Accepted one, Judgement.Accepted other) {
    return hash(one).xor(hash(other)).bitCount();
  }

  private static BigInteger hash(Judgement.Accepted accepted) {
    return new BigInteger(String.valueOf(accepted.facts().phash()), 16);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("text", "no picture at all".getBytes(UTF_8), FailureCode.NOT_AN_IMAGE),
        Arguments.of("zeros", new byte[4096], FailureCode.NOT_AN_IMAGE),
        Arguments.of("one byte", new byte[1], FailureCode.NOT_AN_IMAGE),
        Arguments.of("html", "<html><body>".getBytes(UTF_8), FailureCode.NOT_AN_IMAGE),
        Arguments.of(
            "svg",
            "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(UTF_8),
            FailureCode.SVG_NOT_ALLOWED),
        Arguments.of("tiff", "II*\0rest".getBytes(UTF_8), FailureCode.UNSUPPORTED_FORMAT),
        Arguments.of("pdf", "%PDF-1.7".getBytes(UTF_8), FailureCode.UNSUPPORTED_FORMAT),
        Arguments.of("psd", "8BPS\0\1".getBytes(UTF_8), FailureCode.UNSUPPORTED_FORMAT),
        Arguments.of("ico", "\0\0\1\0\1\0".getBytes(UTF_8), FailureCode.UNSUPPORTED_FORMAT),
        Arguments.of("avif", "\0\0\0 ftypavif".getBytes(UTF_8), FailureCode.UNSUPPORTED_FORMAT),
        Arguments.of("narrow", Pictures.png(49, 500), FailureCode.IMAGE_TOO_SMALL),
        Arguments.of("ribbon", Pictures.png(4500, 50), FailureCode.IMAGE_TOO_SMALL),
        Arguments.of("long", Pictures.png(16_385, 200), FailureCode.TOO_MANY_PIXELS));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void what_cannot_be_audited_is_refused_with_its_code(
      String name, byte[] content, FailureCode code) throws IOException {
    assertThat(code(content)).as(name).isEqualTo(code);
  }

  @Test
  void the_smallest_and_the_narrowest_pictures_are_accepted() throws IOException {
    assertThat(judge(Pictures.png(50, 50))).isInstanceOf(Judgement.Accepted.class);
    assertThat(judge(Pictures.png(4499, 50))).isInstanceOf(Judgement.Accepted.class);
  }

  @Test
  void a_picture_whose_data_do_not_decode_is_corrupt() throws IOException {
    byte[] content = Pictures.webp(640, 480);
    Arrays.fill(content, 40, content.length, (byte) 0x5a);

    assertThat(code(content)).isEqualTo(FailureCode.CORRUPT_IMAGE);
  }

  private Judgement.Accepted accepted(byte[] content) throws IOException {
    Judgement judgement = judge(content);
    assertThat(judgement).isInstanceOf(Judgement.Accepted.class);
    return (Judgement.Accepted) judgement;
  }

  private FailureCode code(byte[] content) throws IOException {
    return switch (judge(content)) {
      case Judgement.Rejected(var failure) -> failure.code();
      case Judgement.Accepted accepted -> throw new AssertionError("accepted: " + accepted);
    };
  }

  private Judgement judge(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("picture"), content);
    return judge.judge(file, ContentDigest.of(content), AMPLE);
  }
}
