package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;

class HeldPartitionsTest {

  private static final TopicPartition FIRST = new TopicPartition("audits", 0);
  private static final TopicPartition SECOND = new TopicPartition("audits", 1);

  private final ConcurrentMessageListenerContainer<String, byte[]> listener = listener();
  private final HeldPartitions partitions =
      new HeldPartitions(
          new KafkaListenerEndpointRegistry() {
            @Override
            public MessageListenerContainer getListenerContainer(String id) {
              return listener;
            }
          });

  @BeforeEach
  void start() {
    listener.start();
  }

  @AfterEach
  void stop() {
    listener.stop();
  }

  @Test
  void the_partitions_of_a_poll_are_paused_until_it_lets_go_of_them() {
    Set<TopicPartition> held = partitions.hold(List.of(event(FIRST)));
    assertThat(paused(FIRST)).isTrue();
    assertThat(paused(SECOND)).isFalse();

    partitions.release(held);
    assertThat(paused(FIRST)).isFalse();
  }

  @Test
  void a_partition_that_was_heard_again_stays_paused_until_both_polls_let_go_of_it() {
    Set<TopicPartition> before = partitions.hold(List.of(event(FIRST)));
    Set<TopicPartition> again = partitions.hold(List.of(event(FIRST), event(SECOND)));

    partitions.release(before);
    assertThat(paused(FIRST)).isTrue();

    partitions.release(again);
    assertThat(paused(FIRST)).isFalse();
    assertThat(paused(SECOND)).isFalse();
  }

  private boolean paused(TopicPartition partition) {
    return listener.getContainers().getFirst().isPartitionPauseRequested(partition);
  }

  private static ConsumerRecord<String, byte[]> event(TopicPartition partition) {
    return new ConsumerRecord<>(partition.topic(), partition.partition(), 0, "", new byte[0]);
  }

  private static ConcurrentMessageListenerContainer<String, byte[]> listener() {
    var properties = new ContainerProperties("audits");
    properties.setGroupId("workers");
    properties.setMessageListener((MessageListener<String, byte[]>) _ -> {});
    return new ConcurrentMessageListenerContainer<>(
        new OneConsumer(new MockConsumer<>("earliest")), properties);
  }
}
