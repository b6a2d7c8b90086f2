package io.imageaudit.local.part;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Questions to a port: is the part there? */
final class Probe {

  private static final int PATIENCE_MILLIS = 2000;
  private static final int MAX_ANSWER = 1 << 20;

  private Probe() {}

  /** Whether this address answers a GET with 200. */
  static boolean answersOk(String url) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(url).toURL().openConnection(java.net.Proxy.NO_PROXY);
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * Whether a Kafka broker serves requests at the port: it is asked for the versions that it speaks
   * (ApiVersions, key 18, version 0), the one request that every broker answers first.
   */
  static boolean speaksKafka(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(10); // length of what follows
      out.writeShort(18); // ApiVersions
      out.writeShort(0); // its version
      out.writeInt(1); // correlation id
      out.writeShort(-1); // no client id
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readInt();
      return length > 6 && length < MAX_ANSWER && in.readInt() == 1 && in.readShort() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
