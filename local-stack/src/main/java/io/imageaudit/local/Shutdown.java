package io.imageaudit.local;

import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.stack.Stack;
import io.imageaudit.local.terminal.Terminal;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stops everything, once, whoever asks first: the end of the work, or a signal. */
final class Shutdown {

  private final Stack stack;
  private final LoopbackServer server;
  private final StackFolder folder;
  private final Terminal terminal;
  private final InstantSource clock;
  private volatile boolean begun;

  Shutdown(
      Stack stack,
      LoopbackServer server,
      StackFolder folder,
      Terminal terminal,
      InstantSource clock) {
    this.stack = stack;
    this.server = server;
    this.folder = folder;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Whether what ends now was asked to. */
  boolean hasBegun() {
    return begun;
  }

  /** Stops; who asks second waits until it is done. */
  synchronized void now() {
    if (begun) {
      return;
    }
    begun = true;
    Instant begin = clock.instant();
    terminal.progress("  stopping …");
    server.close();
    stack.close();
    forgetControl();
    double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
    terminal.line("  Stopped in %.1f s.".formatted(seconds));
  }

  private void forgetControl() {
    try {
      Files.deleteIfExists(folder.control());
      Files.deleteIfExists(folder.launcherPidFile());
    } catch (IOException _) {
      // The folder is gone: so is what was to be deleted.
    }
  }
}
