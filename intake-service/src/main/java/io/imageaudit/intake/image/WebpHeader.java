package io.imageaudit.intake.image;

import java.util.Set;

/** Reads the chunks of a WebP file (RFC 9649) to its end, counting the frames. */
final class WebpHeader {

  private static final int RIFF_BYTES = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final Set<String> NOT_IN_A_FRAME = Set.of("VP8X", "ANIM", "ANMF");
  private static final int ALPHA = 0x10;
  private static final int PROFILE = 0x20;
  private static final int VP8_START_CODE = 0x2a019d;
  private static final int VP8L_SIGNATURE = 0x2f;

  private final Bytes bytes;
  private int width;
  private int height;
  private int frames;
  private long millis;
  private boolean hasCanvas;
  private boolean alpha;
  private boolean colourProfile;
  private Exif exif = Exif.NONE;

  private WebpHeader(Bytes bytes) {
    this.bytes = bytes;
  }

  static ImageHeader read(Bytes bytes) {
    return new WebpHeader(bytes).walk();
  }

  private ImageHeader walk() {
    long end = CHUNK_HEADER + bytes.u32le(4);
    if (end > bytes.size()) {
      throw ImageFaultException.corrupt("it ends too early");
    }
    long at = RIFF_BYTES;
    while (at + CHUNK_HEADER <= end) {
      long length = bytes.u32le(at + 4);
      chunk(at, bytes.part(at + CHUNK_HEADER, length));
      at += CHUNK_HEADER + length + (length & 1);
    }
    if (frames == 0) {
      throw ImageFaultException.corrupt("it has no picture");
    }
    return ImageHeader.plain(ImageFormat.WEBP, width, height, 4)
        .withFrames(frames, millis)
        .with(alpha, colourProfile, exif);
  }

  private void chunk(long at, Bytes body) {
    if (bytes.has(at, "VP8X")) {
      canvas(body.u24le(4) + 1, body.u24le(7) + 1);
      hasCanvas = true;
      alpha |= (body.u8(0) & ALPHA) != 0;
      colourProfile = (body.u8(0) & PROFILE) != 0;
    } else if (bytes.has(at, "VP8 ")) {
      frames++;
      picture(lossy(body));
    } else if (bytes.has(at, "VP8L")) {
      frames++;
      alpha |= (body.u32le(1) >> 28 & 1) != 0;
      picture(lossless(body));
    } else if (bytes.has(at, "ANMF")) {
      frames++;
      millis += body.u24le(12);
      frame(body);
      canvas(2 * body.u24le(0) + body.u24le(6) + 1, 2 * body.u24le(3) + body.u24le(9) + 1);
    } else if (bytes.has(at, "EXIF")) {
      exif = ExifReader.read(body.has(0, "Exif\0\0") ? body.part(6, body.size() - 6L) : body);
    }
  }

  /** The picture in a frame is as large as the frame says: a decoder believes the picture. */
  private static void frame(Bytes body) {
    PictureSize promised = new PictureSize(body.u24le(6) + 1, body.u24le(9) + 1);
    for (long at = FRAME_HEADER; at + CHUNK_HEADER <= body.size(); ) {
      long length = body.u32le(at + 4);
      Bytes part = body.part(at + CHUNK_HEADER, length);
      if (body.has(at, "VP8 ")) {
        agree(promised, lossy(part));
      } else if (body.has(at, "VP8L")) {
        agree(promised, lossless(part));
      } else if (NOT_IN_A_FRAME.contains(body.text(at, 4))) {
        throw ImageFaultException.corrupt("a frame has frames");
      }
      at += CHUNK_HEADER + length + (length & 1);
    }
  }

  /**
   * Sizes that a picture's own data tell.
   *
   * @param width pixels
   * @param height pixels
   */
  private record PictureSize(int width, int height) {}

  private static PictureSize lossy(Bytes body) {
    if (body.u24le(3) != VP8_START_CODE) {
      throw ImageFaultException.corrupt("its picture has no start");
    }
    return new PictureSize(body.u16le(6) & 0x3fff, body.u16le(8) & 0x3fff);
  }

  private static PictureSize lossless(Bytes body) {
    if (body.u8(0) != VP8L_SIGNATURE) {
      throw ImageFaultException.corrupt("its picture has no start");
    }
    long sizes = body.u32le(1);
    return new PictureSize((int) (sizes & 0x3fff) + 1, (int) (sizes >> 14 & 0x3fff) + 1);
  }

  private void picture(PictureSize size) {
    if (hasCanvas) {
      agree(new PictureSize(width, height), size);
    }
    canvas(size.width(), size.height());
  }

  private static void agree(PictureSize promised, PictureSize found) {
    if (!promised.equals(found)) {
      throw ImageFaultException.corrupt("its sizes disagree");
    }
  }

  private void canvas(int canvasWidth, int canvasHeight) {
    width = Math.max(width, canvasWidth);
    height = Math.max(height, canvasHeight);
  }
}
