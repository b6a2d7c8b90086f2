package io.imageaudit.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Starts child processes under the eye of a guardian. */
public final class Children implements AutoCloseable {

  private static final File NOTHING = new File("/dev/null");

  private final Guardian guardian;

  private Children(Guardian guardian) {
    this.guardian = guardian;
  }

  /** Ready to start children. */
  public static Children guarded() throws IOException {
    return new Children(Guardian.start());
  }

  /** Starts a process that writes to the end of its log. */
  public ChildProcess start(ProcessSpec spec) throws IOException {
    Process process =
        builder(spec).redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile())).start();
    guardian.watch(process.pid());
    PidFile pidFile = new PidFile(spec.pidFile());
    pidFile.write(process.toHandle());
    ChildProcess child = new ChildProcess(process);
    child.onExit(() -> ended(process.pid(), pidFile));
    return child;
  }

  private void ended(long pid, PidFile pidFile) {
    guardian.forget(pid);
    try {
      if (pidFile.live().isEmpty()) {
        pidFile.delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a short program to its end.
   *
   * @throws IOException when it fails or takes longer than a minute; the log tells more
   */
  public void run(ProcessSpec spec) throws IOException {
    Process process =
        builder(spec).redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile())).start();
    guardian.watch(process.pid());
    try {
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(spec.command().getFirst() + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
      guardian.forget(process.pid());
    }
  }

  private static ProcessBuilder builder(ProcessSpec spec) {
    ProcessBuilder builder =
        new ProcessBuilder(Programs.inOwnSession(spec.command()))
            .directory(spec.directory().toFile())
            .redirectInput(NOTHING)
            .redirectErrorStream(true);
    builder.environment().putAll(spec.environment());
    return builder;
  }

  /** Ends the guardian, which first stops whatever still runs. */
  @Override
  public void close() {
    guardian.close();
  }
}
