import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The health check of an image that has no shell and no curl: asks a port of this
 * container for a path and ends with 0 when the answer is 200, with 1 otherwise.
 *
 * <p>A plain socket, because this JVM is started every few seconds: an HTTP client would triple its start-up time.
 */
public final class HealthCheck {

  private static final int TIMEOUT_MILLIS = 4_000;
  private static final int STATUS_LINE = "HTTP/1.1 200".length();

  private HealthCheck() {}

  /** Asks once; the arguments are the port and the path. */
  public static void main(String[] arguments) {
    System.exit(answersOk(Integer.parseInt(arguments[0]), arguments[1]) ? 0 : 1);
  }

  private static boolean answersOk(int port, String path) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(STATUS_LINE);
      return new String(start, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false;
    }
  }
}
