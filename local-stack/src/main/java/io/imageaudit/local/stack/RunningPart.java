package io.imageaudit.local.stack;

import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.part.Part;
import io.imageaudit.local.process.ChildProcess;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.LogTail;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One part and its process. */
final class RunningPart {

  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int SHOWN_LINES = 15;

  private final Part part;
  private final StackFolder folder;
  private final Children children;
  private final InstantSource clock;
  private final IntConsumer ended;

  private final CountDownLatch firstAnswer = new CountDownLatch(1);
  private @Nullable ChildProcess process;
  private boolean stopping;
  private boolean ready;

  RunningPart(
      Part part, StackFolder folder, Children children, InstantSource clock, IntConsumer ended) {
    this.part = part;
    this.folder = folder;
    this.children = children;
    this.clock = clock;
    this.ended = ended;
  }

  Part part() {
    return part;
  }

  /** Does what can be done before the parts that this one needs are ready. */
  void prepare() throws PartFailedException {
    try {
      part.prepare(children);
    } catch (IOException e) {
      throw failed("cannot be prepared: " + e.getMessage());
    }
  }

  /** Starts the part and waits until it answers. */
  void start() throws PartFailedException, InterruptedException {
    Instant begin = clock.instant();
    try {
      launch();
    } catch (IOException e) {
      throw failed("cannot be started: " + e.getMessage());
    }
    while (!part.isReady()) {
      ChildProcess child = current();
      if (child == null || !child.isAlive()) {
        throw failed(
            child == null
                ? "was stopped"
                : "ended while it started, exit status " + child.exitStatus());
      }
      if (clock.instant().isAfter(begin.plus(LONGEST_START))) {
        throw failed("is not ready after " + LONGEST_START.toSeconds() + " s");
      }
      Thread.sleep(BETWEEN_LOOKS);
    }
    answered();
  }

  private synchronized void answered() {
    ready = true;
    firstAnswer.countDown();
  }

  /** Waits until the part has answered for the first time. */
  void awaitReady() throws InterruptedException {
    firstAnswer.await();
  }

  private synchronized void launch() throws IOException {
    if (stopping) {
      throw new IOException("the stack is being stopped");
    }
    ChildProcess child = children.start(part.process());
    process = child;
    child.onExit(() -> exited(child));
  }

  private void exited(ChildProcess child) {
    boolean unexpected;
    synchronized (this) {
      unexpected = ready && !stopping && process == child;
    }
    if (unexpected) {
      ended.accept(child.exitStatus());
    }
  }

  private synchronized @Nullable ChildProcess current() {
    return process;
  }

  /** Stops the process, if there is one; none is started until {@link #allowStart}. */
  void stop(Duration patience) {
    ChildProcess child;
    synchronized (this) {
      stopping = true;
      child = process;
      process = null;
      ready = false;
    }
    if (child != null) {
      child.stop(part.stopSignal(), patience);
    }
  }

  synchronized void allowStart() {
    stopping = false;
  }

  private PartFailedException failed(String why) {
    return new PartFailedException(
        part.name(),
        why,
        folder.log(part.name()),
        LogTail.of(folder.log(part.name()), SHOWN_LINES));
  }
}
