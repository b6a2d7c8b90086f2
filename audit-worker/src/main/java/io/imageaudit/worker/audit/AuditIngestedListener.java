package io.imageaudit.worker.audit;

import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.Heard;
import io.imageaudit.model.kafka.MalformedEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * Hears that images are stored, a poll at a time. Nothing new is heard before the poll has ended,
 * so a model that is away holds its partitions by itself. The first record that did not end is
 * named; the ones before it are done with.
 */
class AuditIngestedListener {

  private final RunAudits runAudits;
  private final EventCodec codec;

  AuditIngestedListener(RunAudits runAudits, EventCodec codec) {
    this.runAudits = runAudits;
    this.codec = codec;
  }

  @KafkaListener(
      id = "audit-ingested",
      idIsGroup = false,
      topics = EventTopic.INGESTED_NAME,
      batch = "true",
      concurrency = "${image-audit.audit.consumers:4}")
  void hear(List<ConsumerRecord<String, byte @Nullable []>> poll) {
    List<Heard<AuditIngested>> heard = new ArrayList<>();
    MalformedEventException malformed = null;
    for (ConsumerRecord<String, byte @Nullable []> entry : poll) {
      try {
        heard.add(codec.hear(EventTopic.INGESTED, entry));
      } catch (MalformedEventException e) {
        malformed = e;
        break;
      }
    }
    List<Future<AuditOutcome>> runs = runAudits.run(heard);
    for (int index = 0; index < runs.size(); index++) {
      requireEnded(runs.get(index), index);
    }
    if (malformed != null) {
      throw new BatchListenerFailedException("no event", malformed, heard.size());
    }
  }

  private static void requireEnded(Future<AuditOutcome> run, int index) {
    switch (run.state()) {
      case SUCCESS -> {
        if (run.resultNow() instanceof AuditOutcome.Postponed(String reason)) {
          throw new BatchListenerFailedException("held", new CheckAwayException(reason), index);
        }
      }
      case FAILED ->
          throw new BatchListenerFailedException(
              "broken", new ExecutionException(run.exceptionNow()), index);
      case CANCELLED, RUNNING -> throw new IllegalStateException("a run was not waited for");
    }
  }
}
