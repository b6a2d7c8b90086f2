package io.imageaudit.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running child process. */
public final class ChildProcess {

  private final Process process;

  ChildProcess(Process process) {
    this.process = process;
  }

  /** How a process is asked to end. */
  public enum Signal {
    /** The usual request. */
    TERM,
    /** For PostgreSQL: end now and in order, without waiting for clients to leave. */
    INT
  }

  /** Its id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit status; to be asked when it has ended. */
  public int exitStatus() {
    return process.exitValue();
  }

  /** Runs {@code action} when it ends. */
  public void onExit(Runnable action) {
    var _ = process.onExit().thenRun(action);
  }

  /** Asks it to end; after {@code patience} it is killed. Returns when it has ended. */
  public void stop(Signal signal, Duration patience) {
    send(signal);
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void send(Signal signal) {
    if (signal == Signal.TERM) {
      process.destroy();
      return;
    }
    try {
      new ProcessBuilder(List.of("kill", "-" + signal, Long.toString(pid())))
          .redirectErrorStream(true)
          .start()
          .waitFor();
    } catch (IOException _) {
      process.destroy();
    } catch (InterruptedException _) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
