package io.imageaudit.intake.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.imageaudit.intake.Pictures;
import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.Failure;
import io.imageaudit.model.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile files, judged as the service judges them: by header in this process, decoded in another.
 * After each of them a sound picture must still be accepted.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageAttacksTest {

  private static final byte[] JPEG = Pictures.jpeg(200, 150);
  private static final byte[] PNG = Pictures.png(200, 150);
  private static final byte[] EICAR =
      "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*".getBytes(UTF_8);
  private static final int MUTATIONS = 400;

  @TempDir Path folder;

  private final PixelDecoder decoder =
      new IsolatedPixelDecoder(
          new DecoderSettings(1, Duration.ofSeconds(60), Duration.ofMinutes(1), 100_000, 64),
          DecoderCommand.line(64),
          JudgeImageTest.DEFAULTS);
  private final JudgeImage judge =
      new JudgeImage(new ImageLimits(JudgeImageTest.DEFAULTS), decoder, JudgeImageTest.queue());

  private final AttackReport report = new AttackReport();

  @AfterAll
  void stop() throws IOException {
    decoder.close();
    report.write(Path.of("target", "image-attacks.md"));
  }

  static Stream<Arguments> tooMuch() {
    return Stream.of(
        attack("PNG of 30000 x 30000 in 1 bit", () -> Bombs.png(30_000, 30_000, 1, 0)),
        attack(
            "PNG of 7000 x 7000 in 16 bit with alpha",
            () -> Bombs.pngOf(7000, 7000, 16, 6, tiny())),
        attack("PNG of 2^31-1 x 2^31-1", () -> Bombs.pngOf(0x7fffffff, 0x7fffffff, 8, 2, tiny())),
        attack("JPEG of 1006 scans", () -> Bombs.scans(2000, 2000, 1000)),
        attack("JPEG of 20006 scans", () -> Bombs.scans(200, 200, 20_000)),
        attack("GIF of 65535 x 65535 in 35 bytes", () -> Bombs.gif(65_535, 65_535, 1)),
        attack("GIF of 200000 frames", () -> Bombs.gif(100, 100, 200_000)),
        attack("GIF of 300 frames of 10 megapixels", () -> Bombs.gif(5000, 2000, 300)),
        attack(
            "APNG of 65535 frames",
            () ->
                Bombs.png(
                    100, 100, 8, 2, Bombs.chunk("acTL", new byte[] {0, 0, -1, -1, 0, 0, 0, 0}))),
        attack(
            "animated WebP canvas of 16383 x 16383",
            () ->
                Bombs.webp(
                    Bombs.riff("VP8X", new byte[] {2, 0, 0, 0, -2, 63, 0, -2, 63, 0}),
                    Bombs.riff("ANMF", Bombs.join(new byte[16], new byte[30])))),
        attack("BMP of 20000 x 20000 in runs", () -> Bombs.bmp(20_000, 20_000, 8, 1, tiny())));
  }

  static Stream<Arguments> corrupt() {
    return Stream.of(
        attack(
            "PNG of 7000 x 7000 with hardly any data", () -> Bombs.pngOf(7000, 7000, 1, 0, tiny())),
        attack("PNG of no width", () -> Bombs.pngOf(0, 100, 8, 2, tiny())),
        attack("PNG of no height", () -> Bombs.pngOf(100, 0, 8, 2, tiny())),
        attack("PNG of 2^32-1 rows", () -> Bombs.pngOf(100, 0xffffffffL, 8, 2, tiny())),
        attack("GIF without frames", () -> Bombs.gif(100, 100, 0)),
        attack("BMP header only", () -> Bombs.bmp(20_000, 20_000, 24, 0, new byte[0])),
        attack("BMP of 7000 x 7000 in runs, 1080 bytes", () -> Bombs.bmp(7000, 7000, 8, 1, tiny())),
        attack("BMP of no height", () -> Bombs.bmp(100, 0, 24, 0, tiny())),
        attack("BMP of negative width", () -> Bombs.bmp(-100, 100, 24, 0, tiny())),
        attack(
            "WebP canvas of 16383 x 16383 around a tiny picture",
            () ->
                Bombs.webp(
                    Bombs.riff("VP8X", new byte[] {0, 0, 0, 0, -2, 63, 0, -2, 63, 0}),
                    Arrays.copyOfRange(Pictures.webp(60, 60), 12, 200))),
        attack("WebP of lying size", () -> lyingWebp()),
        attack("lossless WebP of lying size", () -> lyingLossless()),
        attack("JPEG cut in its first row, with an end", () -> Bombs.cutButEnded(JPEG, 0.02)),
        attack("JPEG cut in the middle, with an end", () -> Bombs.cutButEnded(JPEG, 0.5)),
        attack("JPEG cut near its end, with an end", () -> Bombs.cutButEnded(JPEG, 0.95)),
        attack(
            "progressive JPEG cut in the middle, with an end",
            () -> Bombs.cutButEnded(Pictures.progressiveJpeg(200, 150), 0.5)),
        attack(
            "large JPEG cut in the middle, with an end",
            () -> Bombs.cutButEnded(Pictures.jpeg(3000, 2000), 0.5)),
        attack(
            "JPEG of a scan of noise and one without tables",
            () -> Bombs.patchedAndGivenUp(Pictures.jpeg(200, 200))),
        attack("PNG of 9000 x 9000 with a second header", () -> Bombs.twoHeadedPng(9000, 100)),
        attack("APNG with two counts of frames", () -> twiceCounted()),
        attack(
            "animated WebP of 60 x 60 around pictures of 2000 x 2000",
            () -> Bombs.animatedWebp(60, 60, Pictures.webp(2000, 2000), Pictures.webp(2000, 2000))),
        attack(
            "animated WebP of one frame of 60 x 60 around a picture of 2000 x 2000",
            () -> Bombs.animatedWebp(60, 60, Pictures.webp(2000, 2000))),
        attack("animated WebP with an animation in a frame", () -> nestedAnimation()),
        attack("JPEG magic alone", () -> new byte[] {-1, -40, -1}),
        attack("PNG magic alone", () -> Arrays.copyOf(PNG, 8)),
        attack("JPEG of a start and an end", () -> new byte[] {-1, -40, -1, -39}));
  }

  static Stream<Arguments> unsupported() {
    return Stream.of(
        attack("JPEG of lossless kind", () -> Bombs.frameKind(JPEG, 0xc3)),
        attack("JPEG of arithmetic kind", () -> Bombs.frameKind(JPEG, 0xc9)),
        attack("JPEG of four inks, unmarked", () -> Pictures.inks(200, 150, 0, 255, 255, 0)),
        attack("HEIC", () -> text("\0\0\0 ftypheic")),
        attack("AVIF", () -> text("\0\0\0 ftypavif")),
        attack("BigTIFF", () -> text("II+\0\b\0\0\0")),
        attack("camera raw", () -> text("II*\0\20\0\0\0CR\2\0")),
        attack("JPEG XL", () -> new byte[] {-1, 10, 0, 0}),
        attack("PostScript", () -> text("%!PS-Adobe-3.0")));
  }

  static Stream<Arguments> drawings() {
    return Stream.of(
        attack("SVG with script", () -> text("<svg><script>alert(1)</script></svg>")),
        attack(
            "SVG with a foreign object",
            () -> text("<svg><foreignObject><iframe src='file:///'/></foreignObject></svg>")),
        attack(
            "SVG that loads an image",
            () -> text("<?xml version='1.0'?><svg><image href='http://169.254.169.254/'/></svg>")),
        attack(
            "SVG with an external entity",
            () -> text("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>")),
        attack("SVG with a billion laughs", () -> laughs()));
  }

  static Stream<Arguments> noImage() {
    return Stream.of(
        attack("nothing", () -> new byte[0]),
        attack("one byte", () -> new byte[] {-1}),
        attack("10 MiB of zeros", () -> new byte[10 << 20]),
        attack("10 MiB of noise", () -> noise(10 << 20)),
        attack("HTML", () -> text("<!DOCTYPE html><img src=x>")),
        attack("drawing commands", () -> text("push graphic-context\nviewbox 0 0 640 480")),
        attack("portable pixmap", () -> text("P6 100 100 255")),
        attack("wireless bitmap", () -> text("\0\0\u0081H\u0081H")),
        attack("ImageMagick script", () -> text("<?xml version='1.0'?><image><read/></image>")),
        attack("XCF", () -> text("gimp xcf file")));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        attack("PNG of 7000 x 7000 in 8 bit", () -> Bombs.png(7000, 7000, 8, 2)),
        attack("PNG with text of 256 MiB", () -> pngWith("zTXt", 1)),
        attack("PNG with international text of 256 MiB", () -> pngWith("iTXt", 1)),
        attack("PNG with a profile of 256 MiB", () -> pngWith("iCCP", 1)),
        attack("PNG with 8 texts of 256 MiB", () -> pngWith("zTXt", 8)),
        attack("PNG with a virus signature", () -> eicar()),
        attack("GIF with a script in a comment", () -> scriptedGif()),
        attack("BMP that is stored top down", () -> topDownBmp()),
        attack("JPEG of four inks, marked", () -> markedInks()),
        attack("animated WebP with a frame of 19 MB", () -> largeFrame()),
        attack("PNG followed by HTML", () -> Bombs.join(PNG, text("<script>alert(1)</script>"))),
        attack("JPEG followed by an archive", () -> Bombs.join(JPEG, text("PK\3\4"), new byte[99])),
        attack("JPEG with a damaged profile", () -> damagedProfile()),
        attack("JPEG with 100 EXIF segments of 64 KiB", () -> manySegments()),
        attack("JPEG whose EXIF directory points to itself", () -> loopedExif()));
  }

  @ParameterizedTest
  @MethodSource("tooMuch")
  void what_would_cost_too_much_is_refused_by_its_header(Supplier<byte[]> attack)
      throws IOException {
    assertRefused(attack, FailureCode.TOO_MANY_PIXELS, Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @MethodSource("corrupt")
  void what_does_not_add_up_is_corrupt(Supplier<byte[]> attack) throws IOException {
    assertRefused(attack, FailureCode.CORRUPT_IMAGE, Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @MethodSource("unsupported")
  void formats_that_are_not_accepted_reach_no_decoder(Supplier<byte[]> attack) throws IOException {
    assertRefused(attack, FailureCode.UNSUPPORTED_FORMAT, Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void drawings_that_are_programs_are_refused_unread(Supplier<byte[]> attack) throws IOException {
    assertRefused(attack, FailureCode.SVG_NOT_ALLOWED, Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @MethodSource("noImage")
  void what_is_no_image_reaches_no_decoder(Supplier<byte[]> attack) throws IOException {
    assertRefused(attack, FailureCode.NOT_AN_IMAGE, Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void what_only_looks_dangerous_is_accepted_and_its_preview_is_clean(Supplier<byte[]> attack)
      throws IOException {
    byte[] content = attack.get();
    long start = System.nanoTime();
    Judgement judgement = judge(content);
    report.add(attack.toString(), "accepted", Duration.ofNanos(System.nanoTime() - start));

    assertThat(judgement).isInstanceOf(Judgement.Accepted.class);
    Preview preview = ((Judgement.Accepted) judgement).preview();
    byte[] jpeg = new byte[preview.jpeg().remaining()];
    preview.jpeg().get(jpeg);
    assertThat(new String(jpeg, ISO_8859_1)).doesNotContain("EICAR", "script", "Exif", "GPS");
  }

  @Test
  void a_bomb_that_the_header_does_not_show_ends_at_the_deadline() throws IOException {
    byte[] bomb = Bombs.scans(3000, 3000, 1000);
    try (PixelDecoder impatient =
        new IsolatedPixelDecoder(
            new DecoderSettings(1, Duration.ofMillis(1500), Duration.ofMinutes(1), 100_000, 64),
            DecoderCommand.line(64),
            JudgeImageTest.DEFAULTS)) {
      JudgeImage trusting =
          new JudgeImage(
              new ImageLimits(JudgeImageTest.NO_LIMITS), impatient, JudgeImageTest.queue());
      Path file = Files.write(folder.resolve("bomb"), bomb);

      assertThat(trusting.judge(file, ContentDigest.of(bomb), JudgeImageTest.AMPLE))
          .isInstanceOfSatisfying(
              Judgement.Rejected.class,
              rejected ->
                  assertThat(rejected.failure())
                      .extracting(Failure::code)
                      .isEqualTo(FailureCode.TOO_MANY_PIXELS));
      Path sound = Files.write(folder.resolve("sound"), JPEG);
      assertThat(trusting.judge(sound, ContentDigest.of(JPEG), JudgeImageTest.AMPLE))
          .isInstanceOf(Judgement.Accepted.class);
    }
  }

  @Test
  void many_of_the_worst_legal_pictures_at_once_are_decoded_one_after_the_other() throws Exception {
    byte[] worst = Bombs.png(5000, 5000, 8, 2);
    Path file = Files.write(folder.resolve("worst"), worst);
    ContentDigest sha256 = ContentDigest.of(worst);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Judgement>> judgements =
          Stream.generate(
                  () -> threads.submit(() -> judge.judge(file, sha256, JudgeImageTest.AMPLE)))
              .limit(16)
              .toList();
      for (Future<Judgement> judgement : judgements) {
        assertThat(judgement.get()).isInstanceOf(Judgement.Accepted.class);
      }
    }
    report.add("16 PNG of 5000 x 5000 in 8 bit at once", "accepted", Duration.ZERO);
    assertSoundPictureIsAccepted();
  }

  @Test
  void four_inks_have_their_colours() throws IOException {
    Judgement.Accepted accepted = (Judgement.Accepted) judge(markedInks());
    int colour = Pictures.read(accepted.preview()).getRGB(100, 75);

    assertThat(colour >> 16 & 0xff).isGreaterThan(200);
    assertThat(colour >> 8 & 0xff).isLessThan(60);
    assertThat(colour & 0xff).isLessThan(60);
  }

  @Test
  void every_single_byte_mutation_is_accepted_or_refused_for_a_reason() throws IOException {
    Random random = new Random(20_261_124);
    for (byte[] sound :
        new byte[][] {
          Pictures.jpeg(64, 64),
          Pictures.progressiveJpeg(64, 64),
          Pictures.png(64, 64),
          Pictures.webp(64, 64),
          Pictures.encode("gif", 64, 64),
          Pictures.encode("bmp", 64, 64)
        }) {
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] mutated = sound.clone();
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
        assertThat(judge(mutated)).isNotNull();
      }
    }
    assertSoundPictureIsAccepted();
  }

  private void assertRefused(Supplier<byte[]> attack, FailureCode code, Duration within)
      throws IOException {
    byte[] content = attack.get();
    long start = System.nanoTime();
    Judgement judgement = judge(content);
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    report.add(attack.toString(), code.name(), time);

    assertThat(time).isLessThan(within);
    assertThat(judgement).isInstanceOf(Judgement.Rejected.class);
    assertThat(((Judgement.Rejected) judgement).failure().code()).isEqualTo(code);
    assertSoundPictureIsAccepted();
  }

  private void assertSoundPictureIsAccepted() throws IOException {
    assertThat(judge(JPEG)).isInstanceOf(Judgement.Accepted.class);
  }

  private Judgement judge(byte[] content) throws IOException {
    return judge.judge(
        Files.write(folder.resolve("attack"), content),
        ContentDigest.of(content),
        JudgeImageTest.AMPLE);
  }

  private static Arguments attack(String name, Supplier<byte[]> content) {
    return argumentSet(name, new Attack(name, content));
  }

  /** A hostile file with a name for the report. */
  private record Attack(String name, Supplier<byte[]> content) implements Supplier<byte[]> {

    @Override
    public byte[] get() {
      return content.get();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] tiny() {
    return Bombs.zeros(10);
  }

  private static byte[] text(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(1).nextBytes(noise);
    noise[0] = 1;
    return noise;
  }

  private static byte[] pngWith(String type, int count) {
    byte[] bomb = Bombs.textBomb(type, Bombs.zeros(256 << 20));
    byte[][] chunks = new byte[count][];
    Arrays.fill(chunks, bomb);
    return Bombs.png(100, 100, 8, 2, chunks);
  }

  private static byte[] eicar() {
    return Bombs.png(100, 100, 8, 2, Bombs.chunk("tEXt", Bombs.join(text("a\0"), EICAR)));
  }

  private static byte[] laughs() {
    StringBuilder entities = new StringBuilder("<!DOCTYPE svg [<!ENTITY a 'ha'>");
    for (char name = 'b'; name <= 'k'; name++) {
      String reference = "&" + (char) (name - 1) + ";";
      entities.append("<!ENTITY ").append(name).append(" '").append(reference.repeat(10));
      entities.append("'>");
    }
    return text(entities + "]><svg>&k;</svg>");
  }

  private static byte[] scriptedGif() {
    byte[] gif = Pictures.encode("gif", 200, 150);
    int start = 13 + GifHeader.tableBytes(gif[10]);
    byte[] comment = Bombs.join(new byte[] {0x21, -2, 18}, text("*/script=alert(1);"), new byte[1]);
    return Bombs.join(
        Arrays.copyOf(gif, start), comment, Arrays.copyOfRange(gif, start, gif.length));
  }

  private static byte[] topDownBmp() {
    byte[] bmp = Pictures.encode("bmp", 200, 150);
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -150);
    return bmp;
  }

  private static byte[] markedInks() {
    byte[] adobe = Bombs.join(text("Adobe"), new byte[] {0, 100, 0, 0, 0, 0, 0});
    return Bombs.segment(Pictures.inks(200, 150, 255, 0, 0, 255), 0xee, adobe);
  }

  private static byte[] lyingLossless() {
    byte[] picture = {0x2f, (byte) 0xe7, (byte) 0xc0, 0x31, 0, 1, 2, 3, 4, 5, 6, 7};
    return Bombs.webp(Bombs.riff("VP8L", picture));
  }

  private static byte[] twiceCounted() {
    byte[] count = Bombs.chunk("acTL", new byte[] {0, 0, -1, -1, 0, 0, 0, 0});
    byte[] animated = Bombs.animatedPng(200, 150, PNG, PNG);
    return Bombs.join(
        Arrays.copyOf(animated, 33), count, Arrays.copyOfRange(animated, 33, animated.length));
  }

  private static byte[] nestedAnimation() {
    byte[] inner = Bombs.animatedWebp(60, 60, Pictures.webp(60, 60));
    return Bombs.animatedWebp(60, 60, Pictures.webp(60, 60), inner);
  }

  private static byte[] largeFrame() {
    byte[] picture = Pictures.webp(100, 100);
    byte[] frame = Bombs.join(picture, Bombs.riff("more", noise(19_500_000)));
    return Bombs.animatedWebp(100, 100, picture, frame);
  }

  private static byte[] lyingWebp() {
    byte[] content = Pictures.webp(100, 100);
    content[4] += 64;
    return content;
  }

  private static byte[] damagedProfile() {
    return Bombs.segment(JPEG, 0xe2, Bombs.join(text("ICC_PROFILE\0\1\1"), noise(500)));
  }

  private static byte[] manySegments() {
    byte[] content = JPEG;
    byte[] exif = Bombs.join(text("Exif\0\0MM\0*\0\0\0\bGPS"), new byte[65_000]);
    for (int i = 0; i < 100; i++) {
      content = Bombs.segment(content, 0xe1, exif);
    }
    return content;
  }

  private static byte[] loopedExif() {
    byte[] directory = text("Exif\0\0MM\0*\0\0\0\b\0\1\207i\0\4\0\0\0\1\0\0\0\b\0\0\0\b");
    return Bombs.segment(JPEG, 0xe1, directory);
  }
}
