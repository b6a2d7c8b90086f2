package io.imageaudit.benchmark;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A Java program with a web server, in a process of its own. */
public final class Program implements AutoCloseable {

  private static final long LONGEST_START = TimeUnit.MINUTES.toNanos(2);
  private static final String SERVICE_JAR = "(audit-worker|\\w+-service)-[0-9.]+\\.jar";

  private final String name;
  private final Process process;
  private final Path log;

  private Program(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** From a packaged jar; ready when its readiness says so. */
  static Program start(
      String name, Path jar, List<String> jvm, Map<String, Object> settings, Path folder)
      throws IOException, InterruptedException {
    return start(name, jvm, List.of("-jar", jar.toString()), settings, folder);
  }

  /**
   * From a class on this program's own class path; ready when {@code /actuator/health/readiness}
   * answers 200.
   *
   * @param main has a main method
   * @param settings by property name; {@code server.port}, or {@code management.server.port} if
   *     given, is asked whether it is ready
   * @param folder for its log
   */
  public static Program start(
      Class<?> main, List<String> jvm, Map<String, Object> settings, Path folder)
      throws IOException, InterruptedException {
    List<String> what = List.of("-cp", classPathWithoutServices(), main.getName());
    return start(main.getSimpleName(), jvm, what, settings, folder);
  }

  /**
   * The settings and migrations of a service that is measured as a library are not the program's.
   */
  private static String classPathWithoutServices() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().matches(SERVICE_JAR))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Program start(
      String name, List<String> jvm, List<String> what, Map<String, Object> settings, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java().toString(), "--enable-native-access=ALL-UNNAMED"));
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(jvm);
    command.addAll(what);
    Path log = Files.createTempFile(folder, name, ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder
        .environment()
        .put("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings));
    Program program = new Program(name, builder.start(), log);
    Object port = settings.getOrDefault("management.server.port", settings.get("server.port"));
    program.awaitReady(URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"));
    return program;
  }

  private void awaitReady(URI health) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START;
    while (!answersOk(health)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException(name + " did not start:\n" + Files.readString(log));
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean answersOk(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(1_000);
      connection.setReadTimeout(1_000);
      return connection.getResponseCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  /** Its process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** What it has printed. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** The program that runs this one. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
