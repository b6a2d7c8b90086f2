package io.imageaudit.benchmark.worker;

import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Program;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.model.AuditId;
import io.imageaudit.model.AuditRequest;
import io.imageaudit.model.Priority;
import io.imageaudit.model.TraceParent;
import io.imageaudit.model.event.AuditIngested;
import io.imageaudit.model.kafka.EventCodec;
import io.imageaudit.model.kafka.EventTopic;
import io.imageaudit.test.RealPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Audits for a program that hears {@code image-audit.ingested}, and how fast it records them. */
final class Workload implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int PARTITIONS = 4;

  private final Servers servers;
  private final RealPostgres.Database database;
  private final JdbcRecords records;
  private final StoredPictures pictures;
  private final EventCodec codec = new EventCodec();
  private final Random random = new Random(3);

  Workload(Servers servers, StoredPictures pictures) throws IOException {
    this.servers = servers;
    this.database = servers.newDatabase();
    this.records = new JdbcRecords(database);
    this.pictures = pictures;
  }

  /** Makes the topics for a program that does not. */
  void createTopics() throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka()))) {
      admin
          .createTopics(
              Stream.of(EventTopic.INGESTED_NAME, EventTopic.CONCLUDED_NAME)
                  .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                  .toList())
          .all()
          .get();
    }
  }

  /** Starts the packaged worker. */
  Program worker(Bench bench, ServedModel model, int batch)
      throws IOException, InterruptedException {
    Map<String, Object> settings = settings(model);
    settings.put("image-audit.policy.directory", bench.root().resolve("policies").toString());
    settings.put("image-audit.store.directory", pictures.store().toString());
    settings.put("image-audit.reuse.enabled", false);
    settings.put("image-audit.models.demo.batch.max", batch);
    return bench.program("audit-worker", List.of("-Xmx384m", "-XX:+UseSerialGC"), settings);
  }

  /** Settings by which a program finds everything; it has a group and a port of its own. */
  Map<String, Object> settings(ServedModel model) throws IOException {
    Map<String, Object> settings = new HashMap<>(servers.settings(database));
    settings.put("server.port", ServedModel.freePort());
    settings.put("spring.kafka.consumer.group-id", "group-" + UUID.randomUUID());
    settings.put("image-audit.models.demo.endpoint", model.endpoint());
    return settings;
  }

  /**
   * Says events and waits until all are recorded.
   *
   * @return what it took the program
   */
  Effort run(Program program, int count) {
    long before = records.count();
    Duration cpu = cpu(program);
    long start = System.nanoTime();
    say(count);
    awaitRecorded(before + count);
    return new Effort(count, Duration.ofNanos(System.nanoTime() - start), cpu(program).minus(cpu));
  }

  @Override
  public void close() {
    records.close();
  }

  private void say(int count) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int number = 0; number < count; number++) {
        Instant now = Instant.now();
        AuditRequest request =
            new AuditRequest(
                StoredPictures.TENANT,
                null,
                null,
                "default",
                null,
                Priority.BULK,
                "0af7651916cd43dd8448eb211c80319c",
                now,
                now.plus(Duration.ofMinutes(30)));
        AuditIngested event =
            new AuditIngested(
                new AuditId(UUID.randomUUID()),
                request,
                pictures.facts().get(number % pictures.facts().size()),
                now);
        var _ = producer.send(codec.encode(EventTopic.INGESTED, event, TraceParent.start(random)));
      }
    }
  }

  private void awaitRecorded(long all) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (records.count() < all) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not all audits were recorded in time");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static Duration cpu(Program program) {
    return program.process().info().totalCpuDuration().orElseThrow();
  }

  /**
   * What a number of pictures took.
   *
   * @param pictures how many
   * @param wall from the first event said to the last record
   * @param cpu processor time of the program
   */
  record Effort(int pictures, Duration wall, Duration cpu) {

    double perSecond() {
      return pictures / (wall.toNanos() / 1e9);
    }

    double perCoreSecond() {
      return pictures / (cpu.toNanos() / 1e9);
    }
  }
}
