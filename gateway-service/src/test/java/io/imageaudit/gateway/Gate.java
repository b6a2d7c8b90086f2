package io.imageaudit.gateway;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds calls back until it is opened. */
final class Gate {

  private final CountDownLatch come = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  static Gate opened() {
    Gate gate = new Gate();
    gate.open();
    return gate;
  }

  void open() {
    open.countDown();
  }

  /** Waits until a call has come. */
  void awaitCall() throws InterruptedException {
    if (!come.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no call came");
    }
  }

  void pass() {
    come.countDown();
    try {
      open.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
