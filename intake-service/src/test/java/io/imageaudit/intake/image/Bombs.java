package io.imageaudit.intake.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imageaudit.intake.Pictures;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
