package io.imageaudit.intake.image;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A small upright JPEG of a picture for people to look at: at most 512 pixels a side, transparent
 * parts on white, nothing of the original file in it but what can be seen.
 */
public final class Preview {

  private static final int MAX_BYTES = 4 << 20;

  private final byte[] jpeg;

  Preview(byte[] jpeg) {
    this.jpeg = jpeg.clone();
  }

  static Preview readFrom(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a preview of " + length + " bytes");
    }
    byte[] jpeg = new byte[length];
    in.readFully(jpeg);
    return new Preview(jpeg);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(jpeg.length);
    out.write(jpeg);
  }

  /** The file's bytes, read-only. */
  public ByteBuffer jpeg() {
    return ByteBuffer.wrap(jpeg).asReadOnlyBuffer();
  }
}
