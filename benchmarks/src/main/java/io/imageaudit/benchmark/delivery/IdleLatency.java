package io.imageaudit.benchmark.delivery;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How soon a callback arrives when nothing else is to do. Its limit is the broker's own hop. */
public final class IdleLatency implements Benchmark {

  private static final int AUDITS = 200;
  private static final double PER_SECOND = 5;

  @Override
  public String name() {
    return "idle-latency";
  }

  @Override
  public String question() {
    return "How soon after the end of its audit does a callback arrive at an idle service?";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Delivering delivering = Delivering.start(bench);
    Receivers receivers = bench.keep(new Receivers(1, Receivers.Answer.OK));
    Histogram hop = new Histogram(Duration.ofMinutes(1).toMillis() * 1000, 3);
    AtomicBoolean over = new AtomicBoolean();
    say(delivering, receivers, 50);
    receivers.reset();
    Thread listener = Thread.ofPlatform().start(() -> listen(delivering.kafka(), hop, over));
    say(delivering, receivers, AUDITS);
    over.set(true);
    listener.join();
    Histogram ours = receivers.latencies();
    return Table.of("milliseconds after the end of the audit", "p50", "p99")
        .with("heard by a bare consumer of the same broker", at(hop, 50), at(hop, 99))
        .with("the callback has arrived", at(ours, 50), at(ours, 99));
  }

  private static void say(Delivering delivering, Receivers receivers, int audits) throws Exception {
    Delivering.steadily(audits, PER_SECOND, _ -> delivering.audits().end("acme", receivers.url(0)));
    Delivering.await(() -> receivers.messages() == audits);
  }

  private static void listen(String kafka, Histogram hop, AtomicBoolean over) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.GROUP_ID_CONFIG,
            "hop",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "latest");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(EndedAudits.TOPIC));
      while (!over.get()) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(entry -> hop.recordValue(microsSince(entry.timestamp())));
      }
    }
  }

  private static long microsSince(long millis) {
    return Math.max(
        0, Duration.between(Instant.ofEpochMilli(millis), Instant.now()).toNanos() / 1000);
  }

  private static String at(Histogram micros, double percentile) {
    return "%.1f".formatted(micros.getValueAtPercentile(percentile) / 1000.0);
  }
}
