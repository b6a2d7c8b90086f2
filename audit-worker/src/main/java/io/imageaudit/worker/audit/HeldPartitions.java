package io.imageaudit.worker.audit;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Pauses partitions of which nothing new shall be heard yet. */
final class HeldPartitions {

  private final KafkaListenerEndpointRegistry listeners;

  HeldPartitions(KafkaListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  /** Pauses the partitions of a poll, from its consumer's own thread: before its next poll. */
  Set<TopicPartition> hold(List<? extends ConsumerRecord<?, ?>> poll) {
    Set<TopicPartition> partitions =
        poll.stream()
            .map(entry -> new TopicPartition(entry.topic(), entry.partition()))
            .collect(Collectors.toSet());
    onEachConsumer(consumer -> partitions.forEach(consumer::pausePartition));
    return partitions;
  }

  /** Resumes them, whichever consumer has them by now. */
  void release(Set<TopicPartition> partitions) {
    onEachConsumer(consumer -> partitions.forEach(consumer::resumePartition));
  }

  private void onEachConsumer(Consumer<MessageListenerContainer> change) {
    if (listeners.getListenerContainer(AuditIngestedListener.ID)
        instanceof ConcurrentMessageListenerContainer<?, ?> container) {
      container.getContainers().forEach(change);
    }
  }
}
