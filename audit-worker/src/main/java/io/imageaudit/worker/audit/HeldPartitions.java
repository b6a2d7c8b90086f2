package io.imageaudit.worker.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Pauses partitions of which nothing new shall be heard yet. A partition that comes back to this
 * worker while it is held is heard again and may be held twice: it stays paused until the last of
 * those polls lets go of it.
 */
final class HeldPartitions {

  private final KafkaListenerEndpointRegistry listeners;
  private final Map<TopicPartition, Integer> holds = new HashMap<>();

  HeldPartitions(KafkaListenerEndpointRegistry listeners) {
    this.listeners = listeners;
  }

  /** Pauses the partitions of a poll, from its consumer's own thread: before its next poll. */
  synchronized Set<TopicPartition> hold(List<? extends ConsumerRecord<?, ?>> poll) {
    Set<TopicPartition> partitions =
        poll.stream()
            .map(entry -> new TopicPartition(entry.topic(), entry.partition()))
            .collect(Collectors.toSet());
    partitions.forEach(partition -> holds.merge(partition, 1, Integer::sum));
    onEachConsumer(consumer -> partitions.forEach(consumer::pausePartition));
    return partitions;
  }

  /** Resumes those that no other poll holds, whichever consumer has them by now. */
  synchronized void release(Set<TopicPartition> partitions) {
    Set<TopicPartition> free = partitions.stream().filter(this::letGo).collect(Collectors.toSet());
    onEachConsumer(consumer -> free.forEach(consumer::resumePartition));
  }

  private boolean letGo(TopicPartition partition) {
    return holds.computeIfPresent(partition, (_, count) -> count > 1 ? count - 1 : null) == null;
  }

  private void onEachConsumer(Consumer<MessageListenerContainer> change) {
    if (listeners.getListenerContainer(AuditIngestedListener.ID)
        instanceof ConcurrentMessageListenerContainer<?, ?> container) {
      container.getContainers().forEach(change);
    }
  }
}
