package io.imageaudit.intake.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imageaudit.intake.Pictures;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Hostile files, made on the spot. */
final class Bombs {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private Bombs() {}

  /** A PNG of that size whose pixels are all zero, with further chunks before them. */
  static byte[] png(long width, long height, int depth, int colourType, byte[]... chunks) {
    int channels =
        switch (colourType) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    long row = (width * channels * depth + 7) / 8 + 1;
    return pngOf(width, height, depth, colourType, zeros(row * height), chunks);
  }

  /** A PNG with that picture data, which need not fit its header. */
  static byte[] pngOf(
      long width, long height, int depth, int colourType, byte[] data, byte[]... chunks) {
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt((int) width).putInt((int) height).put((byte) depth).put((byte) colourType);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PNG);
    out.writeBytes(chunk("IHDR", header.array()));
    for (byte[] chunk : chunks) {
      out.writeBytes(chunk);
    }
    out.writeBytes(chunk("IDAT", data));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  static byte[] chunk(String type, byte[] body) {
    byte[] named = join(type.getBytes(ISO_8859_1), body);
    CRC32 crc = new CRC32();
    crc.update(named);
    return join(int32(body.length), named, int32((int) crc.getValue()));
  }

  /** So many zero bytes, deflated: a thousandth of their number. */
  static byte[] zeros(long count) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    byte[] piece = new byte[1 << 20];
    byte[] buffer = new byte[1 << 16];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (long left = count; left > 0; left -= piece.length) {
      deflater.setInput(piece, 0, (int) Math.min(left, piece.length));
      while (!deflater.needsInput()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** A text or profile chunk that inflates to so many bytes. */
  static byte[] textBomb(String type, byte[] deflated) {
    byte[] start = "iTXt".equals(type) ? new byte[] {'a', 0, 1, 0, 0, 0} : new byte[] {'a', 0, 0};
    return chunk(type, join(start, deflated));
  }

  /** A progressive JPEG whose last scan is repeated. */
  static byte[] scans(int width, int height, int repeats) {
    byte[] jpeg = Pictures.progressiveJpeg(width, height);
    int end = jpeg.length - 2;
    int scan = end;
    while (jpeg[scan] != (byte) 0xff || jpeg[scan + 1] != (byte) 0xda) {
      scan--;
    }
    byte[] last = Arrays.copyOfRange(jpeg, scan, end);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, end);
    for (int i = 0; i < repeats; i++) {
      out.writeBytes(last);
    }
    out.write(jpeg, end, 2);
    return out.toByteArray();
  }

  /** A GIF of so many tiny frames on a canvas of that size. */
  static byte[] gif(int width, int height, int frames) {
    ByteBuffer screen = little(13);
    screen.put("GIF89a".getBytes(ISO_8859_1));
    screen.putShort((short) width).putShort((short) height).put((byte) 0x80);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(screen.array());
    out.writeBytes(new byte[6]);
    byte[] frame = {0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0};
    for (int i = 0; i < frames; i++) {
      out.writeBytes(frame);
    }
    out.write(0x3b);
    return out.toByteArray();
  }

  /** A BMP header with whatever follows it. */
  static byte[] bmp(int width, int height, int bits, int compression, byte[] data) {
    ByteBuffer header = little(54);
    header.put("BM".getBytes(ISO_8859_1)).putInt(54 + data.length).putInt(0).putInt(54);
    header.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
    header.putInt(compression);
    return join(header.array(), data);
  }

  /** A WebP of these chunks, each name and body. */
  static byte[] webp(byte[]... chunks) {
    byte[] body = join(chunks);
    ByteBuffer head = little(12);
    head.put("RIFF".getBytes(ISO_8859_1)).putInt(4 + body.length);
    head.put("WEBP".getBytes(ISO_8859_1));
    return join(head.array(), body);
  }

  /** A chunk of a WebP. */
  static byte[] riff(String type, byte[] body) {
    ByteBuffer head = little(8);
    head.put(type.getBytes(ISO_8859_1)).putInt(body.length);
    return join(head.array(), body, new byte[body.length & 1]);
  }

  /**
   * The JPEG with other scans: one of noise, for which a decoder makes up pixels and complains, and
   * one whose tables are missing, at which it gives up.
   */
  static byte[] patchedAndGivenUp(byte[] jpeg) {
    int scan = 2;
    while ((jpeg[scan + 1] & 0xff) != 0xda) {
      scan += 2 + ((jpeg[scan + 2] & 0xff) << 8 | jpeg[scan + 3] & 0xff);
    }
    byte[] noise = new byte[400];
    new Random(7).nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] &= 0x7f;
    }
    return join(
        Arrays.copyOf(jpeg, scan),
        new byte[] {-1, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0},
        noise,
        new byte[] {-1, (byte) 0xda, 0, 8, 1, 2, 0x33, 0, 63, 0, 1, 2, 3, -1, (byte) 0xd9});
  }

  /** A PNG of large size with a second header of a small one behind its data. */
  static byte[] twoHeadedPng(int side, int claimed) {
    byte[] png = png(side, side, 1, 0);
    ByteBuffer second = ByteBuffer.allocate(13).putInt(claimed).putInt(claimed).put((byte) 1);
    return join(
        Arrays.copyOf(png, png.length - 12),
        chunk("IHDR", second.array()),
        chunk("IEND", new byte[0]));
  }

  /** The JPEG with a segment after its start. */
  static byte[] segment(byte[] jpeg, int marker, byte[] body) {
    byte[] head = {
      (byte) 0xff, (byte) marker, (byte) ((body.length + 2) >> 8), (byte) (body.length + 2)
    };
    return join(Arrays.copyOf(jpeg, 2), head, body, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** The JPEG as if its frame were of another kind. */
  static byte[] frameKind(byte[] jpeg, int marker) {
    byte[] other = jpeg.clone();
    for (int i = 0; i < other.length - 1; i++) {
      if (other[i] == (byte) 0xff && other[i + 1] == (byte) 0xc0) {
        other[i + 1] = (byte) marker;
        return other;
      }
    }
    throw new IllegalArgumentException("no baseline frame");
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The JPEG with its data cut at that part, and an end after it. */
  static byte[] cutButEnded(byte[] jpeg, double part) {
    int scan = 0;
    while (jpeg[scan] != (byte) 0xff || jpeg[scan + 1] != (byte) 0xda) {
      scan++;
    }
    int cut = scan + (int) ((jpeg.length - scan) * part);
    while (jpeg[cut - 1] == (byte) 0xff) {
      cut--;
    }
    return join(Arrays.copyOf(jpeg, cut), new byte[] {(byte) 0xff, (byte) 0xd9});
  }

  /** An animated GIF of still ones, each shown for a tenth of a second. */
  static byte[] animatedGif(byte[]... stills) {
    byte[] first = stills[0];
    int screen = 13 + GifHeader.tableBytes(first[10]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first, 0, screen);
    byte[] control = {0x21, (byte) 0xf9, 4, 0, 10, 0, 0, 0};
    for (byte[] still : stills) {
      int picture = screen;
      while (still[picture] != 0x2c) {
        picture += 8; // The platform's writer puts a graphic control before the picture.
      }
      out.writeBytes(control);
      out.write(still, picture, still.length - picture - 1);
    }
    out.write(0x3b);
    return out.toByteArray();
  }

  /** An animated PNG of still ones of the same size, each shown for a tenth of a second. */
  static byte[] animatedPng(int width, int height, byte[]... stills) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(stills[0], 0, 33);
    out.writeBytes(chunk("acTL", join(int32(stills.length), int32(0))));
    int sequence = 0;
    for (int i = 0; i < stills.length; i++) {
      byte[] sizes = join(int32(sequence++), int32(width), int32(height), new byte[8]);
      out.writeBytes(chunk("fcTL", join(sizes, new byte[] {0, 1, 0, 10, 0, 0})));
      for (byte[] data : pictureData(stills[i])) {
        out.writeBytes(i == 0 ? chunk("IDAT", data) : chunk("fdAT", join(int32(sequence++), data)));
      }
    }
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  /** An animated WebP of still, lossy ones of the same size, each shown for a tenth of a second. */
  static byte[] animatedWebp(int width, int height, byte[]... stills) {
    ByteBuffer canvas = little(10);
    canvas.putInt(2).putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1));
    ByteBuffer place = little(16);
    place.position(6);
    place.putShort((short) (width - 1)).put((byte) 0).putShort((short) (height - 1)).put((byte) 0);
    place.put((byte) 100);
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    chunks.writeBytes(riff("VP8X", canvas.array()));
    chunks.writeBytes(riff("ANIM", new byte[6]));
    for (byte[] still : stills) {
      byte[] picture = Arrays.copyOfRange(still, 12, still.length);
      chunks.writeBytes(riff("ANMF", join(place.array(), picture)));
    }
    return webp(chunks.toByteArray());
  }

  /** The animated PNG with another number instead of one of its frames' and data's. */
  static byte[] numbered(byte[] png, int sequence, int other) {
    return rewritten(
        png, at -> type(png, at).startsWith("f") && int32(png, at + 8) == sequence, other);
  }

  /** The animated PNG with another count of frames. */
  static byte[] frameCount(byte[] png, int frames) {
    return rewritten(png, at -> "acTL".equals(type(png, at)), frames);
  }

  /** The PNG with another number at the start of some chunks. */
  private static byte[] rewritten(byte[] png, IntPredicate chunks, int number) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 8);
    for (int at = 8; at < png.length; at += 12 + int32(png, at)) {
      byte[] body = Arrays.copyOfRange(png, at + 8, at + 8 + int32(png, at));
      if (chunks.test(at)) {
        ByteBuffer.wrap(body).putInt(number);
      }
      out.writeBytes(chunk(type(png, at), body));
    }
    return out.toByteArray();
  }

  private static String type(byte[] png, int at) {
    return new String(png, at + 4, 4, ISO_8859_1);
  }

  private static int int32(byte[] png, int at) {
    return ByteBuffer.wrap(png).getInt(at);
  }

  private static List<byte[]> pictureData(byte[] png) {
    List<byte[]> data = new ArrayList<>();
    ByteBuffer file = ByteBuffer.wrap(png);
    for (int at = 8; at < png.length; at += 12 + file.getInt(at)) {
      if (file.getInt(at + 4) == 0x49444154) {
        data.add(Arrays.copyOfRange(png, at + 8, at + 8 + file.getInt(at)));
      }
    }
    return data;
  }

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
