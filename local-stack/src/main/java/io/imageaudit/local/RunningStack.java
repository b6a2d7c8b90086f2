package io.imageaudit.local;

import io.imageaudit.local.demo.Measurement;
import io.imageaudit.local.layout.Checkout;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PartSettings;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Secrets;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.part.Part;
import io.imageaudit.local.part.Parts;
import io.imageaudit.local.process.PidFile;
import io.imageaudit.local.process.ResidentMemory;
import io.imageaudit.local.stack.Control;
import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.terminal.Terminal.Tone;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Commands to a stack that another terminal has started. */
final class RunningStack {

  private static final Duration LONGEST_STOP = Duration.ofSeconds(20);
  private static final Duration LONGEST_RESTART = Duration.ofMinutes(4);
  private static final double MEBIBYTE = 1 << 20;

  private final CommandLine line;
  private final Terminal terminal;
  private final StackFolder folder;

  RunningStack(CommandLine line, Terminal terminal) {
    this.line = line;
    this.terminal = terminal;
    this.folder = new StackFolder(line.home(), line.cache());
  }

  /** Shows every part; 0 when all run and are ready. */
  int status() throws IOException {
    Optional<Control> control = control();
    if (control.isEmpty()) {
      return notRunning();
    }
    Parts parts =
        new Parts(
            new Checkout(line.root()),
            folder,
            control.get().ports(),
            secrets(),
            PartSettings.none());
    terminal.line(terminal.tone(Tone.FAINT, row("PART", "STATE", "PID", "PORT", "MEMORY")));
    long total = 0;
    boolean allReady = true;
    for (Part part : parts.all()) {
      Optional<ProcessHandle> process = new PidFile(folder.pidFile(part.name())).live();
      boolean ready = process.isPresent() && part.isReady();
      allReady &= ready;
      OptionalLong memory = process.map(ResidentMemory::ofTree).orElseGet(OptionalLong::empty);
      show(part.name().text(), process, ready, portOf(part, control.get()), memory);
      total += memory.orElse(0);
    }
    OptionalLong own = launcher().map(ResidentMemory::ofOne).orElseGet(OptionalLong::empty);
    show("launcher", launcher(), true, "", own);
    total += own.orElse(0);
    terminal.line(row("", "", "", "", "%.0f MiB".formatted(total / MEBIBYTE)));
    return allReady ? 0 : 1;
  }

  private static String portOf(Part part, Control control) {
    return Integer.toString(control.ports().of(part.ports().getFirst()));
  }

  private void show(
      String name,
      Optional<ProcessHandle> process,
      boolean ready,
      String port,
      OptionalLong memory) {
    String state = process.isEmpty() ? "stopped" : ready ? "ready" : "not ready";
    String text =
        row(
            name,
            state,
            process.map(handle -> Long.toString(handle.pid())).orElse("-"),
            port,
            memory.isPresent() ? "%.0f MiB".formatted(memory.getAsLong() / MEBIBYTE) : "-");
    terminal.line(ready ? text : terminal.tone(Tone.BAD, text));
  }

  private static String row(String name, String state, String pid, String port, String memory) {
    return "  %-14s %-10s %8s %6s %10s".formatted(name, state, pid, port, memory);
  }

  /** Stops the launcher, which stops all parts. */
  int stop() throws InterruptedException {
    Optional<ProcessHandle> launcher = launcher();
    if (launcher.isEmpty()) {
      return notRunning();
    }
    ProcessHandle process = launcher.get();
    process.destroy();
    try {
      process.onExit().get(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      process.destroyForcibly();
      terminal.line("The launcher did not stop in time and was killed; its parts are stopping.");
      return 1;
    }
    terminal.line("Stopped.");
    return 0;
  }

  /** Has the launcher stop and start a part. */
  int restart(PartName part) throws IOException, InterruptedException {
    Optional<Control> control = control();
    if (control.isEmpty()) {
      return notRunning();
    }
    terminal.progress("restarting " + part.text() + " …");
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(control.get().url() + Control.PATH + "restart/" + part.text());
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .timeout(LONGEST_RESTART)
              .header("Authorization", "Bearer " + control.get().token())
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      terminal.line(answer.body().stripTrailing());
      return answer.statusCode() == 200 ? 0 : 1;
    }
  }

  /** Times audits, one after the other. */
  int measure(int audits) throws IOException, InterruptedException {
    Optional<Control> control = control();
    if (control.isEmpty()) {
      return notRunning();
    }
    String gateway = control.get().ports().url(PortName.GATEWAY);
    return new Measurement(line.root().resolve("samples"), gateway, secrets(), terminal).run(audits)
        ? 0
        : 1;
  }

  private Secrets secrets() throws IOException {
    return Secrets.keptIn(folder.secrets(), new SecureRandom());
  }

  private Optional<Control> control() throws IOException {
    return launcher().isPresent() ? Control.read(folder.control()) : Optional.empty();
  }

  private Optional<ProcessHandle> launcher() {
    return new PidFile(folder.launcherPidFile()).live();
  }

  private int notRunning() {
    terminal.line("Nothing is running. Start it with ./quickstart");
    return 1;
  }
}
