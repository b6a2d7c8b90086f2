package io.imageaudit.worker.audit;

import java.time.Duration;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/**
 * Lets acknowledgments come from other threads, and polls be short so that they are noticed.
 *
 * <p>They are committed without waiting. A commit that waits and meets a rebalance is repeated by
 * the container right after its next poll; there a partition that is resumed from another thread
 * wakes it up, and the container forgets the events that it has just polled. Later commits would go
 * past them. What is lost of commits that nobody waits for, {@link LostCommits} makes up for.
 */
final class AcknowledgedLater
    implements ContainerPostProcessor<
        String, byte[], ConcurrentMessageListenerContainer<String, byte[]>> {

  private static final Duration LONGEST_POLL = Duration.ofMillis(100);
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final LostCommits lost;

  AcknowledgedLater(LostCommits lost) {
    this.lost = lost;
  }

  @Override
  public void postProcess(ConcurrentMessageListenerContainer<String, byte[]> container) {
    ContainerProperties properties = container.getContainerProperties();
    properties.setAckMode(ContainerProperties.AckMode.MANUAL);
    properties.setPollTimeout(LONGEST_POLL.toMillis());
    properties.setSyncCommits(false);
    properties.setCommitCallback(lost);
    properties.setIdleEventInterval(IDLE.toMillis());
  }
}
