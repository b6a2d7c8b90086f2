package io.imageaudit.modelserver.fault;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Faults of inference calls, switched while the server runs and by any thread. They hold for all
 * models; metadata and health calls are unharmed unless said otherwise.
 */
public final class Faults {

  private final RandomGenerator random;
  private final Consumer<Boolean> doors;

  private @Nullable LatencyCurve latency;
  private long failuresLeft;
  private Status.Code nextCode = Status.Code.UNAVAILABLE;
  private double failingShare;
  private Status.Code shareCode = Status.Code.UNAVAILABLE;
  private boolean hanging;
  private boolean refusing;
  private boolean notReady;
  private boolean typedOutput;
  private OutputFault outputFault = OutputFault.NONE;

  /**
   * No fault is on.
   *
   * @param random draws jitter and failing calls
   * @param doors closes the ports on true and opens them on false
   */
  public Faults(RandomGenerator random, Consumer<Boolean> doors) {
    this.random = random;
    this.doors = doors;
  }

  /** Adds time to every call while it holds its executor. */
  public synchronized void slow(LatencyCurve curve) {
    this.latency = curve;
  }

  /** Fails the next calls with a code, before any model sees them. */
  public synchronized void failNext(long calls, Status.Code code) {
    if (calls < 0 || code == Status.Code.OK) {
      throw new IllegalArgumentException(
          "fail: " + calls + " " + code + " (expected: >= 0 calls and an error code)");
    }
    this.failuresLeft = calls;
    this.nextCode = code;
  }

  /** Fails a share (0..1) of all calls with a code. */
  public synchronized void failShare(double share, Status.Code code) {
    if (!(share >= 0 && share <= 1) || code == Status.Code.OK) {
      throw new IllegalArgumentException(
          "fail: " + share + " " + code + " (expected: 0..1 of calls and an error code)");
    }
    this.failingShare = share;
    this.shareCode = code;
  }

  /** Lets calls wait without an answer until this is switched off or their caller gives up. */
  public synchronized void hang(boolean on) {
    this.hanging = on;
    notifyAll();
  }

  /**
   * Closes the ports, with all connections, or opens them again on the same numbers. Returns when
   * that is done.
   */
  public void refuseConnections(boolean on) {
    synchronized (this) {
      if (refusing == on) {
        return;
      }
      refusing = on;
    }
    doors.accept(on);
  }

  /** Says that neither server nor models are ready; calls are still answered. */
  public synchronized void notReady(boolean on) {
    this.notReady = on;
  }

  /** Answers Open Inference Protocol calls in typed contents, as some servers do, not raw. */
  public synchronized void typedOutput(boolean on) {
    this.typedOutput = on;
  }

  /** Spoils the outputs. */
  public synchronized void spoilOutput(OutputFault fault) {
    this.outputFault = fault;
  }

  /** Switches every fault off. */
  public void reset() {
    synchronized (this) {
      latency = null;
      failuresLeft = 0;
      failingShare = 0;
      notReady = false;
      typedOutput = false;
      outputFault = OutputFault.NONE;
      hang(false);
    }
    refuseConnections(false);
  }

  /** The code with which the call that starts now fails, if it does. */
  public synchronized Optional<Status.Code> nextFailure() {
    if (failuresLeft > 0) {
      failuresLeft--;
      return Optional.of(nextCode);
    }
    return random.nextDouble() < failingShare ? Optional.of(shareCode) : Optional.empty();
  }

  /** Time to add to a call of {@code rows}. */
  public synchronized Duration delay(long rows) {
    return latency == null ? Duration.ZERO : latency.sample(rows, random);
  }

  /**
   * Waits while calls hang.
   *
   * @return whether they no longer do, within the time
   */
  public synchronized boolean awaitRelease(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    while (hanging) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** Whether connections are refused. */
  public synchronized boolean isRefusing() {
    return refusing;
  }

  /** Whether the server says that it is not ready. */
  public synchronized boolean isNotReady() {
    return notReady;
  }

  /** Whether answers come in typed contents. */
  public synchronized boolean isTypedOutput() {
    return typedOutput;
  }

  /** How outputs are spoilt. */
  public synchronized OutputFault outputFault() {
    return outputFault;
  }
}
