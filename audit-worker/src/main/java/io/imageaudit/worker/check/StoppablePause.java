package io.imageaudit.worker.check;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Waits until the context closes. */
final class StoppablePause implements Pause, ApplicationListener<ContextClosedEvent> {

  private final CountDownLatch stopping = new CountDownLatch(1);

  @Override
  public boolean of(Duration duration) {
    try {
      return !stopping.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    stopping.countDown();
  }
}
