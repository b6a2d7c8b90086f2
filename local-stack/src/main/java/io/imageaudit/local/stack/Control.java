package io.imageaudit.local.stack;

import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * How other terminals reach the running launcher; written down in a file of the folder.
 *
 * @param url the launcher's own server
 * @param token what a command must show
 * @param ports of all parts
 */
public record Control(String url, String token, Ports ports) {

  /** Where commands go. */
  public static final String PATH = "/control/";

  /** Writes it down. */
  public void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("url", url);
    properties.setProperty("token", token);
    ports.store(properties);
    PrivateFile.write(file, properties);
  }

  /** Reads what the running launcher has written. */
  public static Optional<Control> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = PrivateFile.read(file);
    return Optional.of(
        new Control(
            properties.getProperty("url", ""),
            properties.getProperty("token", ""),
            Ports.load(properties)));
  }

  /** Hides the token. */
  @Override
  public String toString() {
    return "Control[url=" + url + "]";
  }
}
