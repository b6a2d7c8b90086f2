package io.imageaudit.intake.image;

/**
 * Reads the markers of a JPEG file (ITU-T T.81, annex B) from its start to the end-of-image marker,
 * passing over the entropy-coded data without decoding it. Decoders patch a file that stops early
 * with grey; here it is known to be incomplete.
 */
final class JpegHeader {

  private static final int SOF0 = 0xc0;
  private static final int SOF2 = 0xc2;
  private static final int SOF3 = 0xc3;
  private static final int SOF15 = 0xcf;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int DAC = 0xcc;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP1 = 0xe1;
  private static final int TEM = 0x01;
  private static final int APP2 = 0xe2;
  private static final int APP14 = 0xee;
  private static final String PROFILE = "ICC_PROFILE\0";
  private static final String ADOBE = "Adobe";
  private static final int INKS = 4;
  private static final String EXIF = "Exif\0\0";

  private final Bytes bytes;
  private int width;
  private int height;
  private int components;
  private int scans;
  private long work;
  private Exif exif = Exif.NONE;
  private boolean colourProfile;
  private boolean adobe;

  private JpegHeader(Bytes bytes) {
    this.bytes = bytes;
  }

  static ImageHeader read(Bytes bytes) {
    return new JpegHeader(bytes).walk();
  }

  private ImageHeader walk() {
    long at = 2;
    while (true) {
      int marker = bytes.u8(at + 1);
      if (bytes.u8(at) != 0xff) {
        throw ImageFaultException.corrupt("a marker is missing");
      }
      if (marker == 0xff) {
        at++;
      } else if (marker == EOI) {
        return finish();
      } else if (marker == SOI || marker == TEM || (marker >= RST0 && marker <= RST7)) {
        at += 2;
      } else {
        at = segment(marker, at + 2);
      }
    }
  }

  private long segment(int marker, long at) {
    int length = bytes.u16(at);
    if (length < 2) {
      throw ImageFaultException.corrupt("a segment has no length");
    }
    Bytes body = bytes.part(at + 2, length - 2L);
    long next = at + length;
    if (marker == SOS) {
      scan(body);
      return skipEntropyCoded(next);
    }
    if (marker == APP1 && body.has(0, EXIF)) {
      exif = ExifReader.read(body.part(EXIF.length(), body.size() - EXIF.length()));
    } else if (marker == APP2 && body.has(0, PROFILE)) {
      colourProfile = true;
    } else if (marker == APP14 && body.has(0, ADOBE)) {
      adobe = true;
    } else if (marker >= SOF0
        && marker <= SOF15
        && marker != DHT
        && marker != JPG
        && marker != DAC) {
      frame(marker, body);
    }
    return next;
  }

  private void frame(int marker, Bytes body) {
    if (marker > SOF2 || body.u8(0) != 8) {
      throw ImageFaultException.unsupported(
          marker == SOF3 || marker > SOF2 ? "This kind of JPEG" : "JPEG with 12 bits");
    }
    if (width != 0) {
      throw ImageFaultException.corrupt("it has two frame headers");
    }
    height = body.u16(1);
    width = body.u16(3);
    components = body.u8(5);
    if (width == 0 || height == 0 || components == 0 || components > 4) {
      throw ImageFaultException.corrupt("its frame header makes no sense");
    }
  }

  private void scan(Bytes body) {
    int inScan = body.u8(0);
    if (width == 0 || inScan == 0 || inScan > components) {
      throw ImageFaultException.corrupt("a scan makes no sense");
    }
    scans++;
    work += (long) width * height * inScan;
  }

  private long skipEntropyCoded(long from) {
    long at = from;
    while (true) {
      if (bytes.u8(at) != 0xff) {
        at++;
        continue;
      }
      int next = bytes.u8(at + 1);
      if (next == 0) {
        at += 2;
      } else if (next >= RST0 && next <= RST7) {
        at += 2;
      } else if (next == 0xff) {
        at++;
      } else {
        return at;
      }
    }
  }

  private ImageHeader finish() {
    if (scans == 0) {
      throw ImageFaultException.corrupt("it has no picture");
    }
    if (components == INKS && !adobe) {
      // Whether its inks are inverted cannot be known: the colours would be guessed.
      throw ImageFaultException.unsupported("JPEG of four inks without Adobe's mark");
    }
    return ImageHeader.plain(ImageFormat.JPEG, width, height, components)
        .withScans(scans, work)
        .with(false, colourProfile, exif);
  }
}
