package io.imageaudit.gateway.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails as soon as more bytes were read than are allowed. */
final class BoundedStream extends FilterInputStream {

  private long left;

  BoundedStream(InputStream bytes, long limit) {
    super(bytes);
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    count(Math.max(0, count));
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int read) throws TooLong {
    left -= read;
    if (left < 0) {
      throw new TooLong();
    }
  }

  /** More bytes than are allowed. */
  static final class TooLong extends IOException {

    private static final long serialVersionUID = 1;
  }
}
