package io.imageaudit.worker.audit;

import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.kafka.MalformedEventException;
import io.imageaudit.model.kafka.TransientFaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Hears that images are stored, a poll at a time. A poll is acknowledged when all of its audits
 * have ended. The listener's thread waits a moment for that; after that moment it goes back to
 * Kafka, and until the poll is acknowledged its partitions are paused: heartbeats and rebalances go
 * on, nothing new is fetched from them. So a model that is away, or memory that is full, pauses
 * Kafka by itself.
 */
class AuditIngestedListener {

  private static final Logger LOG = LoggerFactory.getLogger(AuditIngestedListener.class);

  static final String ID = "audit-ingested";

  private final RunAudits runAudits;
  private final EventCodec codec;
  private final ConsumerRecordRecoverer deadLetters;
  private final HeldPartitions partitions;
  private final Duration patience;

  AuditIngestedListener(
      RunAudits runAudits,
      EventCodec codec,
      ConsumerRecordRecoverer deadLetters,
      HeldPartitions partitions,
      Duration patience) {
    this.runAudits = runAudits;
    this.codec = codec;
    this.deadLetters = deadLetters;
    this.partitions = partitions;
    this.patience = patience;
  }

  @KafkaListener(
      id = ID,
      idIsGroup = false,
      topics = EventTopic.INGESTED_NAME,
      batch = "true",
      concurrency = "${image-audit.audit.consumers:4}",
      containerPostProcessor = "acknowledgedLater")
  void hear(List<ConsumerRecord<String, byte @Nullable []>> poll, Acknowledgment done) {
    List<Heard<AuditIngested>> heard = new ArrayList<>();
    for (ConsumerRecord<String, byte @Nullable []> entry : poll) {
      try {
        heard.add(codec.hear(EventTopic.INGESTED, entry));
      } catch (MalformedEventException e) {
        deadLetters.accept(entry, e);
      }
    }
    CompletableFuture<Boolean> ended = runAudits.run(heard);
    Optional<Boolean> soon = await(ended);
    if (soon.isPresent() && finish(soon.get(), done)) {
      return;
    }
    // Also when the worker stops: what comes later must not be acknowledged before this poll.
    Set<TopicPartition> held = partitions.hold(poll);
    var _ =
        ended.whenComplete((all, fault) -> {
          if (fault != null) {
            LOG.error("partitions {} stay paused", held, fault);
          } else if (finish(all, done)) {
            partitions.release(held);
          }
        });
  }

  /** Acknowledges, unless the worker stops: then another one hears the poll again. */
  private static boolean finish(boolean all, Acknowledgment done) {
    if (all) {
      done.acknowledge();
    }
    return all;
  }

  private Optional<Boolean> await(CompletableFuture<Boolean> ended) {
    try {
      return Optional.of(ended.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of(false);
    } catch (ExecutionException e) {
      // Not one of the audits is to blame: the poll is heard again, and none of it put aside.
      throw new TransientFaultException("audits are broken", e);
    }
  }
}
