package io.imageaudit.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PartName;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What may happen to a part of the stack. */
final class Faults {

  private final StackUnderTest stack;

  Faults(StackUnderTest stack) {
    this.stack = stack;
  }

  /** Ends its process at once, without a chance to clean up (SIGKILL). */
  void kill(PartName part) throws InterruptedException {
    ProcessHandle process = stack.part(part);
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** Has PostgreSQL end in order, cutting its clients off (SIGINT). */
  void stopPostgres() throws IOException, InterruptedException {
    ProcessHandle process = stack.part(PartName.POSTGRES);
    new ProcessBuilder(List.of("kill", "-INT", Long.toString(process.pid()))).start().waitFor();
    awaitEnd(process);
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops it if it runs (SIGTERM), starts it, and waits until it is ready. */
  void restart(PartName part) throws IOException, InterruptedException {
    assertThat(stack.command("restart", part.text())).as("restart of " + part.text()).isZero();
  }
}
