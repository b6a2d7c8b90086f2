package io.imageaudit.worker.audit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ListenerContainerIdleEvent;

/**
 * Commits again what the broker did not take. The next commit of a partition does so by itself;
 * where nothing more comes, what has ended would look like lag for ever, and be heard again by
 * whoever gets the partition next.
 */
final class LostCommits implements OffsetCommitCallback {

  private static final Logger LOG = LoggerFactory.getLogger(LostCommits.class);

  private final Map<TopicPartition, OffsetAndMetadata> lost = new ConcurrentHashMap<>();

  @Override
  public void onComplete(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception fault) {
    if (fault == null) {
      lost.keySet().removeAll(offsets.keySet());
    } else {
      LOG.warn("not committed: {}: {}", offsets, fault.toString());
      lost.putAll(offsets);
    }
  }

  /** From the thread of a consumer to which nothing has come for a while. */
  @EventListener
  void onIdle(ListenerContainerIdleEvent idle) {
    if (idle.getListenerId().startsWith(AuditIngestedListener.ID)) {
      commitAgain(idle.getConsumer());
    }
  }

  private void commitAgain(Consumer<?, ?> consumer) {
    for (TopicPartition partition : consumer.assignment()) {
      OffsetAndMetadata offset = lost.remove(partition);
      // Another worker may have had the partition meanwhile: its commit must not be taken back.
      if (offset != null && consumer.position(partition) == offset.offset()) {
        consumer.commitAsync(Map.of(partition, offset), this);
      }
    }
  }
}
