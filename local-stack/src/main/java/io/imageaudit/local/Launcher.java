package io.imageaudit.local;

import io.imageaudit.local.demo.Demonstration;
import io.imageaudit.local.layout.Checkout;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.PrivateFile;
import io.imageaudit.local.layout.Secrets;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.part.Part;
import io.imageaudit.local.part.Parts;
import io.imageaudit.local.stack.Control;
import io.imageaudit.local.stack.PartFailedException;
import io.imageaudit.local.stack.RestartDoor;
import io.imageaudit.local.stack.Stack;
import io.imageaudit.local.stack.StackLock;
import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.terminal.Terminal.Tone;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Runs a stack until it is told to stop. */
final class Launcher {

  private static final int TOKEN_BYTES = 24;

  private final CommandLine line;
  private final Terminal terminal;
  private final StackFolder folder;
  private final Checkout checkout;
  private final InstantSource clock = InstantSource.system();

  Launcher(CommandLine line, Terminal terminal) {
    this.line = line;
    this.terminal = terminal;
    this.folder = new StackFolder(line.home(), line.cache());
    this.checkout = new Checkout(line.root());
  }

  /** Something to do when the stack is up. */
  private interface Scene {
    int play(LoopbackServer server, Secrets secrets) throws IOException, InterruptedException;
  }

  /** Starts the parts and stays up. */
  int up() throws IOException, InterruptedException {
    return run((_, _) -> {
      new AddressList(terminal).print(line.ports(), folder);
      return stayUp();
    });
  }

  /** Starts all parts, audits the samples, and stays up unless {@code once}. */
  int show(boolean once) throws IOException, InterruptedException {
    return run((server, secrets) -> {
      Demonstration demonstration =
          Demonstration.of(
              checkout.root().resolve("samples"),
              server,
              line.ports().url(PortName.GATEWAY),
              secrets,
              terminal);
      boolean asExpected = demonstration.play();
      new AddressList(terminal).print(line.ports(), folder);
      return once ? (asExpected ? 0 : 1) : stayUp();
    });
  }

  private int run(Scene scene) throws IOException, InterruptedException {
    folder.create();
    Optional<StackLock> lock = StackLock.take(folder);
    if (lock.isEmpty()) {
      throw new IllegalStateException(
          "The stack is running already: ./quickstart status shows it, ./quickstart stop ends it.");
    }
    try (StackLock _ = lock.get()) {
      requireFreePorts();
      if (line.clean()) {
        folder.clean();
      }
      Secrets secrets = Secrets.keptIn(folder.secrets(), new SecureRandom());
      PrivateFile.write(folder.env(), secrets.shellText(line.ports()));
      return run(scene, secrets);
    }
  }

  private void requireFreePorts() {
    Set<PortName> wanted = EnumSet.of(PortName.QUICKSTART);
    for (PortName port : PortName.values()) {
      if (line.parts().stream().anyMatch(part -> port.text().startsWith(part.text()))) {
        wanted.add(port);
      }
    }
    List<String> problems = line.ports().problems(wanted);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
  }

  private int run(Scene scene, Secrets secrets) throws IOException, InterruptedException {
    terminal.line();
    terminal.line("  " + terminal.tone(Tone.STRONG, "Image Audit") + " on this machine");
    terminal.line();
    List<Part> parts =
        new Parts(checkout, folder, line.ports(), secrets, line.settings())
            .all().stream().filter(part -> line.parts().contains(part.name())).toList();
    forgetOldLogs(parts);
    Stack stack = Stack.of(parts, folder, clock, new StackView(terminal, addresses(parts)));
    LoopbackServer server = LoopbackServer.start(line.ports().of(PortName.QUICKSTART));
    Shutdown shutdown = new Shutdown(stack, server, folder, terminal, clock);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::now, "shutdown"));
    try {
      openDoor(stack, server);
      stack.start();
      return scene.play(server, secrets);
    } catch (PartFailedException e) {
      if (!shutdown.hasBegun()) {
        explain(e);
      }
      return 1;
    } finally {
      shutdown.now();
    }
  }

  private void openDoor(Stack stack, LoopbackServer server) throws IOException {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    server.on(Control.PATH, new RestartDoor(stack, token));
    new Control(server.url(), token, line.ports()).write(folder.control());
  }

  private void forgetOldLogs(List<Part> parts) throws IOException {
    for (Part part : parts) {
      Files.deleteIfExists(folder.log(part.name()));
    }
  }

  private Map<PartName, String> addresses(List<Part> parts) {
    Map<PartName, String> addresses = new EnumMap<>(PartName.class);
    parts.forEach(part ->
        addresses.put(part.name(), "127.0.0.1:" + line.ports().of(part.ports().getFirst())));
    return addresses;
  }

  private void explain(PartFailedException failed) {
    terminal.line();
    terminal.line("  " + terminal.tone(Tone.BAD, "✗ " + failed.getMessage()));
    terminal.line("  " + terminal.tone(Tone.FAINT, "The end of " + failed.log() + ":"));
    failed.lastLines().forEach(text -> terminal.line("    " + text));
    terminal.line();
  }

  private int stayUp() throws InterruptedException {
    terminal.line("  Running. Ctrl-C stops everything; ./quickstart status shows what runs.");
    new CountDownLatch(1).await();
    return 0;
  }
}
