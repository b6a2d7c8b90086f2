package io.imageaudit.local.stack;

import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.process.PidFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The right to run a stack in a folder: one launcher has it at a time. */
public final class StackLock implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private final FileChannel channel;
  private final PidFile launcher;

  private StackLock(FileChannel channel, PidFile launcher) {
    this.channel = channel;
    this.launcher = launcher;
  }

  /**
   * Takes the right, and stops what a launcher that was killed has left behind.
   *
   * @return empty when another launcher has it
   */
  public static Optional<StackLock> take(StackFolder folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    stopLeftovers(folder);
    PidFile launcher = new PidFile(folder.launcherPidFile());
    launcher.write(ProcessHandle.current());
    return Optional.of(new StackLock(channel, launcher));
  }

  private static void stopLeftovers(StackFolder folder) throws IOException {
    List<ProcessHandle> left =
        Stream.of(PartName.values())
            .flatMap(part -> new PidFile(folder.pidFile(part)).live().stream())
            .toList();
    left.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : left) {
      stopForSure(process);
    }
    for (PartName part : PartName.values()) {
      new PidFile(folder.pidFile(part)).delete();
    }
  }

  private static void stopForSure(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      process.destroyForcibly();
    } catch (InterruptedException _) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    launcher.delete();
    channel.close();
  }
}
