package io.imageaudit.local;

import io.imageaudit.local.layout.Checkout;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PartSettings;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.Secrets;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.part.Part;
import io.imageaudit.local.part.Parts;
import io.imageaudit.local.process.PidFile;
import io.imageaudit.local.process.Programs;
import io.imageaudit.test.SpanCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A launcher in a process of its own, as a user starts it, in a new folder and on free ports. */
public final class StackUnderTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LONGEST_START = Duration.ofMinutes(4);

  /** What takes seconds to minutes in production, so that a run with many faults ends soon. */
  private static final List<String> QUICK =
      List.of(
          "gateway.image-audit.quota.rate=100000",
          "gateway.image-audit.quota.burst=100000",
          "intake.spring.kafka.consumer.properties.session.timeout.ms=6000",
          "worker.spring.kafka.consumer.properties.session.timeout.ms=6000",
          "worker.image-audit.audit.finish-every=1s",
          "notification.spring.kafka.consumer.properties.session.timeout.ms=6000",
          "notification.image-audit.webhooks.http.total-timeout=4s",
          "notification.image-audit.delivery.lease=6s",
          "notification.image-audit.delivery.retry-schedule="
              + "0s,200ms,500ms,1s,1s,2s,2s,2s,2s,2s,2s,2s,2s,2s,2s");

  private final StackFolder folder;
  private final Ports ports;
  private final Process launcher;
  private final Path output;

  private StackUnderTest(StackFolder folder, Ports ports, Process launcher, Path output) {
    this.folder = folder;
    this.ports = ports;
    this.launcher = launcher;
    this.output = output;
  }

  /** The whole stack, one per JVM, started when first asked for. */
  public static StackUnderTest shared() {
    return Holder.STACK;
  }

  /** What the shared stack's services recorded of their steps. */
  public static SpanCollector spans() {
    return Holder.SPANS;
  }

  /** Starts the class on first use: the platform's own lazy, thread-safe once. */
  private static final class Holder {
    static final SpanCollector SPANS = collect();
    static final StackUnderTest STACK = start();

    private static SpanCollector collect() {
      try {
        return SpanCollector.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static StackUnderTest start() {
      try {
        Path home = Files.createTempDirectory("image-audit");
        Map<String, String> watched =
            Map.of(
                "IMAGEAUDIT_TRACING_ENDPOINT",
                SPANS.endpoint().toString(),
                "LOGGING_STRUCTURED_FORMAT_CONSOLE",
                "ecs");
        return startQuick(home, List.of(), watched);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException("the stack cannot be started", e);
      }
    }
  }

  /**
   * Starts the whole stack with the settings of runs with many faults and some more, and waits
   * until it runs. It stops with this JVM at the latest.
   */
  public static StackUnderTest startQuick(Path home, List<String> settings)
      throws IOException, InterruptedException {
    return startQuick(home, settings, Map.of());
  }

  private static StackUnderTest startQuick(
      Path home, List<String> settings, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("up"));
    Stream.concat(QUICK.stream(), settings.stream())
        .forEach(setting -> arguments.addAll(List.of("--set", setting)));
    StackUnderTest stack = launch(home, arguments, freePorts(), environment);
    Runtime.getRuntime().addShutdownHook(new Thread(stack.launcher::destroy));
    stack.awaitReady();
    return stack;
  }

  /** Starts a launcher with these arguments. */
  public static StackUnderTest launch(Path home, List<String> arguments) throws IOException {
    return launch(home, arguments, freePorts());
  }

  /** Starts a launcher with these arguments and ports. */
  static StackUnderTest launch(Path home, List<String> arguments, Ports ports) throws IOException {
    return launch(home, arguments, ports, Map.of());
  }

  private static StackUnderTest launch(
      Path home, List<String> arguments, Ports ports, Map<String, String> environment)
      throws IOException {
    StackFolder folder = new StackFolder(home.resolve("stack"), Path.of("target/stack-cache"));
    Path output = home.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command(folder, ports, arguments))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new StackUnderTest(folder, ports, builder.start(), output);
  }

  private static List<String> command(StackFolder folder, Ports ports, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(Programs.java().toString(), "-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", jar().toString()));
    command.addAll(arguments);
    command.addAll(List.of("--root", ROOT.toString(), "--home", folder.home().toString()));
    command.addAll(List.of("--cache", folder.cache().toString()));
    ports
        .numbers()
        .forEach((name, port) -> command.addAll(List.of("--port", name.text() + "=" + port)));
    return command;
  }

  private static Path jar() {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("local-stack-[0-9.]+\\.jar"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Ports freePorts() throws IOException {
    Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
    List<ServerSocket> sockets = new ArrayList<>();
    for (PortName name : PortName.values()) {
      ServerSocket socket = new ServerSocket(0);
      sockets.add(socket);
      numbers.put(name, socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return new Ports(numbers);
  }

  /** Runs another command against this stack, as from another terminal; its exit status. */
  public int command(String... words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(folder, ports, List.of(words)))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.home().resolve("commands").toFile()))
            .start();
    return process.waitFor();
  }

  /** Waits until the launcher says that everything runs. */
  public void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!output().contains("Running.")) {
      if (!launcher.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("the stack did not start:\n" + output());
      }
      launcher.waitFor(200, TimeUnit.MILLISECONDS);
    }
  }

  /** What the launcher has printed. */
  public String output() throws IOException {
    return Files.exists(output) ? Files.readString(output) : "";
  }

  /** The launcher's process. */
  public Process launcher() {
    return launcher;
  }

  /** Its folder. */
  public StackFolder folder() {
    return folder;
  }

  /** Its ports. */
  public Ports ports() {
    return ports;
  }

  /** Its secrets. */
  public Secrets secrets() throws IOException {
    return Secrets.keptIn(folder.secrets(), new SecureRandom());
  }

  /** The ports of the launcher's parts, except that this service has others. */
  public Ports portsOfTwin(PartName service) throws IOException {
    Ports free = freePorts();
    Map<PortName, Integer> numbers = new EnumMap<>(ports.numbers());
    part(service, ports, List.of()).ports().forEach(port -> numbers.put(port, free.of(port)));
    return new Ports(numbers);
  }

  /** A further process of a service beside the launcher's, with the same settings and some more. */
  public Part twin(PartName service, Ports portsOfTwin, String... more) throws IOException {
    List<String> settings = new ArrayList<>(QUICK);
    settings.addAll(List.of(more));
    return part(service, portsOfTwin, settings);
  }

  private Part part(PartName name, Ports ports, List<String> settings) throws IOException {
    return new Parts(new Checkout(ROOT), folder, ports, secrets(), PartSettings.parse(settings))
        .all().stream().filter(part -> part.name() == name).findFirst().orElseThrow();
  }

  /** The process of a part. */
  public ProcessHandle part(PartName part) {
    return new PidFile(folder.pidFile(part)).live().orElseThrow();
  }
}
