package io.imageaudit.worker.audit;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerPartitionPausedEvent;
import org.springframework.kafka.event.ConsumerPartitionResumedEvent;

/** Counts how often consumers paused and resumed their partitions. */
class KafkaPauses {

  private final AtomicInteger paused = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();

  @EventListener
  void hear(ConsumerPartitionPausedEvent event) {
    paused.incrementAndGet();
  }

  @EventListener
  void hear(ConsumerPartitionResumedEvent event) {
    resumed.incrementAndGet();
  }

  void forget() {
    paused.set(0);
    resumed.set(0);
  }

  int paused() {
    return paused.get();
  }

  int resumed() {
    return resumed.get();
  }
}
