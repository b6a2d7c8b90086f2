package io.imageaudit.benchmark.intake;

import com.sun.net.httpserver.HttpServer;
import io.imageaudit.benchmark.Bench;
import io.imageaudit.benchmark.Benchmark;
import io.imageaudit.benchmark.Rounds;
import io.imageaudit.benchmark.Servers;
import io.imageaudit.benchmark.Table;
import io.imageaudit.test.RealPostgres;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A thousand images at addresses of which a tenth never answer, against the others alone. */
public final class HangingHosts implements Benchmark {

  private static final String TOPIC = "image-audit.submitted";
  private static final int IMAGES = 1000;
  private static final int ROUNDS = 3;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "hanging";
  }

  @Override
  public String question() {
    return "How long do 900 images take while 100 others, each at a host of its own, never answer,"
        + " against 900 without them? (aim: at most 1.3 times)";
  }

  @Override
  public Table measure(Bench bench) throws Exception {
    Servers servers = bench.servers();
    RealPostgres.Database database = servers.newDatabase();
    int webPort = web(bench).getAddress().getPort();
    Map<String, Object> settings = new LinkedHashMap<>(servers.settings(database));
    settings.put("server.port", UploadThroughput.freePort());
    settings.put("image-audit.internal.token", "benchmark-token-benchmark-token-0");
    settings.put("image-audit.store.directory", bench.folder().resolve("store").toString());
    settings.put("image-audit.outbound.allow-loopback", true);
    settings.put("image-audit.outbound.allowed-ports", "1024-65535");
    settings.put("image-audit.outbound.denied-ports", "");
    bench.program("intake-service", List.of("-Xmx256m"), settings);
    try (KafkaProducer<String, byte[]> producer = producer(servers.kafka());
        JdbcIngestions ingestions = new JdbcIngestions(database)) {
      seconds(producer, ingestions, webPort, false);
      Map<String, Double> medians =
          new Rounds(ROUNDS)
              .with("alone", () -> seconds(producer, ingestions, webPort, false))
              .with("beside", () -> seconds(producer, ingestions, webPort, true))
              .medians();
      double alone = medians.getOrDefault("alone", Double.NaN);
      double beside = medians.getOrDefault("beside", Double.NaN);
      return Table.of("900 images", "s", "times")
          .with("alone", "%.2f".formatted(alone), "")
          .with("beside 100 that hang", "%.2f".formatted(beside), "%.2f".formatted(beside / alone));
    }
  }

  /** From the first submission said to the last of the good ones ingested. */
  private static double seconds(
      KafkaProducer<String, byte[]> producer, JdbcIngestions ingestions, int port, boolean hanging)
      throws InterruptedException, ExecutionException {
    String run = "run-" + UUID.randomUUID();
    List<Future<RecordMetadata>> said = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < IMAGES; i++) {
      boolean hangs = i % 10 == 9;
      if (!hangs || hanging) {
        String host = hangs ? "127.0." + (1 + i / 250) + "." + (1 + i % 250) : "127.0.0.1";
        String url = "http://" + host + ":" + port + (hangs ? "/hang" : "/picture");
        String id = UUID.randomUUID().toString();
        ProducerRecord<String, byte[]> entry =
            new ProducerRecord<>(TOPIC, id, submission(id, run, url));
        entry.headers().add("event-type", "audit-submitted".getBytes(StandardCharsets.US_ASCII));
        entry.headers().add("event-version", "1".getBytes(StandardCharsets.US_ASCII));
        said.add(producer.send(entry));
      }
    }
    for (Future<RecordMetadata> each : said) {
      each.get();
    }
    int good = IMAGES - IMAGES / 10;
    while (ingestions.of(run) < good) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException("not ingested in " + LONGEST);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static byte[] submission(String id, String run, String url) {
    Instant now = Instant.now();
    return """
    {"audit_id":"%s","request":{"tenant":"acme","reference":"%s","callback":null,"strategy":"default",\
    "image_role":"main","priority":"bulk","trace_id":"0af7651916cd43dd8448eb211c80319c",\
    "submitted_at":"%s","deadline":"%s"},"image":{"kind":"url","url":"%s"}}\
    """
        .formatted(id, run, now, now.plusSeconds(300), url)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static HttpServer web(Bench bench) throws IOException {
    byte[] picture = picture();
    CountDownLatch end = new CountDownLatch(1);
    HttpServer server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 1024);
    server.setExecutor(bench.keep(Executors.newVirtualThreadPerTaskExecutor()));
    server.createContext(
        "/picture",
        exchange -> {
          exchange.sendResponseHeaders(200, picture.length);
          exchange.getResponseBody().write(picture);
          exchange.close();
        });
    server.createContext(
        "/hang",
        _ -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    bench.keep(() -> {
      end.countDown();
      server.stop(0);
    });
    return server;
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(800, 800, BufferedImage.TYPE_3BYTE_BGR), "jpg", out);
    return out.toByteArray();
  }

  private static KafkaProducer<String, byte[]> producer(String kafka) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", kafka);
    settings.put("linger.ms", "5");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }
}
