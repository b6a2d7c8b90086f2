package io.imageaudit.worker.audit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

class AcknowledgedLaterTest {

  private static final TopicPartition PARTITION = new TopicPartition("audits", 0);
  private static final int EVENTS = 3;

  private final RebalancedConsumer consumer = new RebalancedConsumer();
  private final Queue<Long> heard = new ConcurrentLinkedQueue<>();

  @Test
  void a_commit_that_meets_a_rebalance_costs_no_event() {
    var container = container();
    container.start();
    try {
      await().untilAsserted(() -> assertThat(heard).containsExactly(0L, 1L, 2L));
      await()
          .untilAsserted(() ->
              assertThat(consumer.committed())
                  .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(EVENTS))));
    } finally {
      container.stop();
    }
  }

  private ConcurrentMessageListenerContainer<String, byte[]> container() {
    var properties = new ContainerProperties(PARTITION.topic());
    properties.setGroupId("workers");
    properties.setMessageListener(
        (BatchAcknowledgingMessageListener<String, byte[]>)
            (poll, done) -> {
              poll.forEach(event -> heard.add(event.offset()));
              requireNonNull(done).acknowledge();
            });
    var container = new ConcurrentMessageListenerContainer<>(new OneConsumer(consumer), properties);
    new AcknowledgedLater(new LostCommits()).postProcess(container);
    return container;
  }

  /** Its first commit meets a rebalance, and whoever waits for the next one is woken up. */
  private static final class RebalancedConsumer extends MockConsumer<String, byte[]> {

    private final AtomicBoolean rebalancing = new AtomicBoolean(true);

    RebalancedConsumer() {
      super("earliest");
      setMaxPollRecords(1);
      updateBeginningOffsets(Map.of(PARTITION, 0L));
      schedulePollTask(() -> {
        rebalance(List.of(PARTITION));
        for (long offset = 0; offset < EVENTS; offset++) {
          addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, "", new byte[0]));
        }
      });
    }

    synchronized Map<TopicPartition, OffsetAndMetadata> committed() {
      return committed(Set.of(PARTITION));
    }

    @Override
    public synchronized void commitSync(
        Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      if (rebalancing.getAndSet(false)) {
        throw new RebalanceInProgressException();
      }
      throw new WakeupException();
    }

    @Override
    public synchronized void commitAsync(
        Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
      if (rebalancing.getAndSet(false)) {
        callback.onComplete(offsets, new RebalanceInProgressException());
      } else {
        super.commitAsync(offsets, callback);
      }
    }
  }
}
