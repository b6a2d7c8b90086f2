package io.imageaudit.benchmark;

import io.imageaudit.test.RealKafka;
import io.imageaudit.test.RealPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A real PostgreSQL and a real Kafka broker in a process of their own, so that their work is not
 * counted as the generator's. Run as a program, this class is that process: it says where the
 * servers are and ends when its input does.
 */
public final class Servers implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final String kafka;

  private Servers(Process process, BufferedReader answers) throws IOException {
    this.process = process;
    this.answers = answers;
    this.kafka = next("kafka=");
  }

  static Servers start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Program.java().toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Servers.class.getName())
            .redirectError(folder.resolve("servers.log").toFile())
            .start();
    return new Servers(process, process.inputReader(StandardCharsets.UTF_8));
  }

  /** The broker's address, {@code host:port}. */
  public String kafka() {
    return kafka;
  }

  /** A new, empty database, owned by the user that its settings name. */
  public RealPostgres.Database newDatabase() throws IOException {
    process.outputWriter().append("database\n").flush();
    String[] parts = next("database=").split(" ", -1);
    return new RealPostgres.Database(parts[0], parts[1], parts[2]);
  }

  /** The settings by which a service finds the broker and the database. */
  public Map<String, Object> settings(RealPostgres.Database database) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("spring.datasource.url", database.url());
    settings.put("spring.datasource.username", database.user());
    settings.put("spring.datasource.password", database.password());
    settings.put("spring.kafka.bootstrap-servers", kafka);
    return settings;
  }

  /** Skips what libraries print. */
  private String next(String key) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(key)) {
        return line.substring(key.length());
      }
    }
    throw new IOException("the servers have ended before they said where they are");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.outputWriter().close();
    process.waitFor();
  }

  /** The process of the servers. */
  public static void main(String[] arguments) throws IOException {
    System.out.println("kafka=" + RealKafka.bootstrapServers());
    try (BufferedReader wishes = new BufferedReader(input())) {
      while (wishes.readLine() != null) {
        RealPostgres.Database database = RealPostgres.newDatabase();
        System.out.printf(
            "database=%s %s %s%n", database.url(), database.user(), database.password());
      }
    }
    System.exit(0); // The broker's threads would keep the process.
  }

  private static InputStreamReader input() {
    return new InputStreamReader(System.in, StandardCharsets.UTF_8);
  }
}
