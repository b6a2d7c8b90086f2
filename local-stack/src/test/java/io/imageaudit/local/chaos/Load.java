package io.imageaudit.local.chaos;

import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.chaos.CountingReceiver.Heard;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A merchant at work: submits pictures in the background, several at a time, waits with further
 * ones while many are open, and hears the callbacks. One submission of ten is made twice.
 */
final class Load implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int AT_A_TIME = 8;
  private static final int MOST_OPEN = 200;

  /** Audits in a hurry must not spend their time behind many others. */
  private static final int MOST_OPEN_IN_A_HURRY = 50;

  private static final Duration HURRY = Duration.ofMinutes(1);
  private static final int TWICE = 10;
  private static final Duration OFTEN = Duration.ofMillis(20);

  private final String run;
  private final int audits;
  private final int perSecond;
  private final LoopbackServer server;
  private final CountingReceiver receiver;
  private final PatientClient client;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private final int mostOpen;
  private final Semaphore room;
  private final Map<String, Integer> holds = new ConcurrentHashMap<>();
  private final List<Future<?>> submissions = new ArrayList<>();
  private final Map<String, String> auditIds = new ConcurrentHashMap<>();
  private final Map<String, Long> submittedAt = new ConcurrentHashMap<>();
  private final long begin = System.nanoTime();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  private Load(
      StackUnderTest stack,
      String gateway,
      String run,
      int audits,
      int perSecond,
      Duration timeout,
      RandomGenerator random,
      int failing)
      throws IOException {
    this.run = run;
    this.audits = audits;
    this.perSecond = perSecond;
    this.mostOpen = timeout.compareTo(HURRY) < 0 ? MOST_OPEN_IN_A_HURRY : MOST_OPEN;
    this.room = new Semaphore(mostOpen);
    Pictures pictures = new Pictures(run);
    this.receiver =
        new CountingReceiver(stack.secrets().webhookSecret(), random, failing, this::heard);
    this.server = LoopbackServer.start(0);
    server.on(Pictures.PATH, pictures);
    server.on(CountingReceiver.PATH, receiver);
    this.client =
        new PatientClient(gateway, stack.secrets().apiKey(), server.url(), pictures, timeout);
  }

  /** Begins at the launcher's gateway, and submits as fast as audits are taken. */
  static Load start(
      StackUnderTest stack,
      String run,
      int audits,
      Duration timeout,
      RandomGenerator random,
      int failing)
      throws IOException {
    String gateway = stack.ports().url(PortName.GATEWAY);
    return start(stack, gateway, run, audits, 0, timeout, random, failing);
  }

  /**
   * Begins.
   *
   * @param gateway where audits are submitted
   * @param run its name, with which all its keys and references start
   * @param perSecond how many are submitted per second, 0 for as many as are taken
   * @param timeout of each audit
   * @param failing callbacks of a hundred that the receiver refuses
   */
  static Load start(
      StackUnderTest stack,
      String gateway,
      String run,
      int audits,
      int perSecond,
      Duration timeout,
      RandomGenerator random,
      int failing)
      throws IOException {
    Load load = new Load(stack, gateway, run, audits, perSecond, timeout, random, failing);
    for (int i = 0; i < audits; i++) {
      int number = i;
      load.submissions.add(load.threads.submit(() -> load.submit(number)));
    }
    return load;
  }

  private Void submit(int number) throws IOException, InterruptedException {
    String key = run + "/" + number;
    awaitTurn(number);
    awaitRelease(number);
    room.acquire();
    submittedAt.put(key, System.nanoTime());
    String auditId = client.submit(key, number);
    auditIds.put(key, auditId);
    if (number % TWICE == 0 && !client.submit(key, number).equals(auditId)) {
      throw new AssertionError(key + ": two audits");
    }
    return null;
  }

  private void awaitTurn(int number) {
    long turn = perSecond == 0 ? begin : begin + number * 1_000_000_000L / perSecond;
    for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void awaitRelease(int number) {
    while (holds.values().stream().anyMatch(point -> number > point + mostOpen)) {
      LockSupport.parkNanos(OFTEN.toNanos());
    }
  }

  /**
   * Keeps the run from getting far beyond a point, so that what is to happen there does not find it
   * at its end already.
   *
   * @param who holds it; one of several who do
   */
  void holdAt(String who, int point) {
    holds.put(who, point);
  }

  /** One who held it does so no more. */
  void release(String who) {
    holds.remove(who);
  }

  private void heard(Heard heard) {
    if (told.add(heard.auditId())) {
      room.release();
    }
  }

  /** Audits that were accepted so far. */
  int accepted() {
    return auditIds.size();
  }

  /** Audits of which a callback has been acknowledged so far. */
  int told() {
    return told.size();
  }

  /** Waits until all are accepted and told. */
  void awaitAllTold() throws ExecutionException, InterruptedException {
    for (Future<?> each : submissions) {
      each.get();
    }
    await("callbacks of all audits").atMost(PATIENCE).until(() -> told() == audits);
  }

  /** The accepted audits by their keys. */
  Map<String, String> auditIds() {
    return Map.copyOf(auditIds);
  }

  CountingReceiver receiver() {
    return receiver;
  }

  /** What the run was like. */
  String summary() {
    long[] micros =
        receiver.heard().stream()
            .filter(each -> each.verdictSeq() == 1)
            .mapToLong(this::microsToTell)
            .sorted()
            .toArray();
    return "%d audits in %d s, answers %s, %d callbacks, %d duplicates (%.2f %%), first try to callback p50 %s p99 %s"
        .formatted(
            auditIds.size(),
            Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
            client.answers(),
            receiver.heard().size(),
            receiver.duplicates(),
            100.0 * receiver.duplicates() / Math.max(1, receiver.heard().size()),
            at(micros, 50),
            at(micros, 99));
  }

  private long microsToTell(Heard heard) {
    String key = heard.data().path("reference").asString("");
    return (heard.atNanos() - submittedAt.getOrDefault(key, heard.atNanos())) / 1000;
  }

  private static String at(long[] sortedMicros, int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * sortedMicros.length);
    long micros = Arrays.stream(sortedMicros).skip(Math.max(0, rank - 1)).findFirst().orElse(0);
    return "%.3f s".formatted(micros / 1e6);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
    server.close();
  }
}
