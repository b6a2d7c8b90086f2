package io.imageaudit.worker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.event.ListenerContainerIdleEvent;

class LostCommitsTest {

  private static final TopicPartition PARTITION = new TopicPartition("audits", 0);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final LostCommits lost = new LostCommits();

  @BeforeEach
  void begin() {
    consumer.assign(List.of(PARTITION));
    consumer.seek(PARTITION, 7);
  }

  @Test
  void a_commit_that_failed_is_repeated_when_nothing_more_comes() {
    lost.onComplete(offset(7), new CommitFailedException());
    idle();
    assertThat(committed()).isEqualTo(offset(7));
  }

  @Test
  void one_that_a_later_commit_covers_is_not() {
    lost.onComplete(offset(7), new CommitFailedException());
    lost.onComplete(offset(9), null);
    idle();
    assertThat(committed()).isEmpty();
  }

  @Test
  void one_of_a_partition_that_went_on_elsewhere_is_not() {
    lost.onComplete(offset(5), new CommitFailedException());
    idle();
    assertThat(committed()).isEmpty();
  }

  @Test
  void one_of_a_partition_that_another_consumer_has_waits_for_that_one() {
    lost.onComplete(offset(7), new CommitFailedException());
    consumer.assign(List.of());
    idle();
    assertThat(committed()).isEmpty();
    begin();
    idle();
    assertThat(committed()).isEqualTo(offset(7));
  }

  private void idle() {
    lost.onIdle(
        new ListenerContainerIdleEvent(
            this,
            this,
            5_000,
            AuditIngestedListener.ID + "-0",
            List.of(PARTITION),
            consumer,
            false));
  }

  private Map<TopicPartition, OffsetAndMetadata> committed() {
    return consumer.committed(Set.of(PARTITION));
  }

  private static Map<TopicPartition, OffsetAndMetadata> offset(long offset) {
    return Map.of(PARTITION, new OffsetAndMetadata(offset));
  }
}
