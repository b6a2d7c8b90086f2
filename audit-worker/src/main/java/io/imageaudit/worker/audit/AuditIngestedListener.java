package io.imageaudit.worker.audit;

import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.model.kafka.MalformedEventException;
import io.imageaudit.worker.audit.RunAudits.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
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
  private final RandomGenerator random;

  AuditIngestedListener(RunAudits runAudits, EventCodec codec, RandomGenerator random) {
    this.runAudits = runAudits;
    this.codec = codec;
    this.random = random;
  }

  @KafkaListener(
      id = "audit-ingested",
      idIsGroup = false,
      topics = EventTopic.INGESTED_NAME,
      batch = "true",
      concurrency = "${image-audit.audit.consumers:4}")
  void hear(List<ConsumerRecord<String, byte @Nullable []>> poll) {
    List<Heard> heard = new ArrayList<>();
    MalformedEventException malformed = null;
    for (ConsumerRecord<String, byte @Nullable []> entry : poll) {
      try {
        heard.add(decode(entry));
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

  private Heard decode(ConsumerRecord<String, byte @Nullable []> entry) {
    AuditIngested event = codec.decode(EventTopic.INGESTED, entry);
    TraceParent trace =
        codec
            .traceOf(entry)
            .map(parent -> parent.child(random))
            .orElseGet(() -> TraceParent.within(event.request().traceId(), random));
    return new Heard(event, trace);
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
