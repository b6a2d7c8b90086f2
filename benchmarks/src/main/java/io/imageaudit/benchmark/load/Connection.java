package io.imageaudit.benchmark.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept-alive HTTP/1.1 connection (RFC 9112): writes whole requests, reads whole answers. */
final class Connection implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private boolean keptAlive = true;

  private Connection(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  static Connection to(InetSocketAddress address, int patienceMillis) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(patienceMillis);
    socket.connect(address, patienceMillis);
    return new Connection(socket, new BufferedInputStream(socket.getInputStream(), 8192));
  }

  /** Sends a request and reads its answer to the end; the answer's status. */
  int exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    String[] first = line().split(" ", 3);
    int status = Integer.parseInt(first[1]);
    long length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("connection:")) {
        keptAlive = !lower.contains("close");
      }
    }
    if (chunked) {
      skipChunks();
    } else {
      in.skipNBytes(length);
    }
    return status;
  }

  /** Whether another request may follow. */
  boolean isKeptAlive() {
    return keptAlive;
  }

  private void skipChunks() throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      in.skipNBytes(size + 2L);
    }
    line();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().strip(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended within an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A whole request. */
  static byte[] request(String head, byte[] body) {
    byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }
}
