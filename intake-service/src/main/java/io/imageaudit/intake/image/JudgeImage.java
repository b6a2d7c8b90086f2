package io.imageaudit.intake.image;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.ImageParts;
import io.imageaudit.model.Tiling;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what bytes are: format, header, limits, and last of all, when nothing speaks against
 * it, a real decode. The file is mapped, so that large ones do not fill the heap.
 */
public final class JudgeImage {

  private final ImageLimits limits;
  private final PixelDecoder decoder;
  private final DecodingQueue queue;

  JudgeImage(ImageLimits limits, PixelDecoder decoder, DecodingQueue queue) {
    this.queue = queue;
    this.limits = limits;
    this.decoder = decoder;
  }

  /**
   * Judges a file.
   *
   * @param file not empty, unchanged while it is judged
   * @param sha256 of its bytes
   * @param turn for whom, and until when
   * @throws JudgedTooLateException when its deadline comes before its turn
   * @throws IOException when the file cannot be read
   */
  public Judgement judge(Path file, ContentDigest sha256, DecodeTurn turn) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size();
      ImageHeader header = header(channel, bytes);
      limits.check(header);
      return accepted(header, sha256, bytes, decode(file, header, turn));
    } catch (ImageFaultException fault) {
      return new Judgement.Rejected(fault.failure());
    }
  }

  private DecodedPicture decode(Path file, ImageHeader header, DecodeTurn turn) throws IOException {
    try {
      queue.enter(turn);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("decoding interrupted");
    }
    try {
      return decoder.decode(file, header);
    } finally {
      queue.leave();
    }
  }

  private static Judgement accepted(
      ImageHeader header, ContentDigest sha256, long bytes, DecodedPicture picture) {
    ImageFacts facts =
        new ImageFacts(
            sha256,
            header.format().code(),
            header.uprightWidth(),
            header.uprightHeight(),
            bytes,
            header.frames(),
            picture.hash().hex(),
            parts(header));
    ImageDetails details =
        new ImageDetails(
            picture.hash().quality(),
            header.alpha(),
            header.colourProfile(),
            header.exif(),
            facts.parts());
    return new Judgement.Accepted(facts, details, picture.preview());
  }

  private static @Nullable ImageParts parts(ImageHeader header) {
    int tiles = Tiling.of(header.uprightWidth(), header.uprightHeight()).size();
    if (header.frames() == 1) {
      return tiles == 1 ? null : new ImageParts(tiles, null);
    }
    return new ImageParts(tiles, header.millis());
  }

  private static ImageHeader header(FileChannel channel, long bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return FileHeaders.read(Bytes.of(channel, bytes, arena));
    }
  }
}
