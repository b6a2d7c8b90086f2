package io.imageaudit.model.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedHostLookupTest {

  private static final List<InetAddress> ANSWER = List.of(InetAddress.getLoopbackAddress());

  @Test
  void a_domain_whose_look_ups_stall_leaves_the_others_theirs() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger stalled = new AtomicInteger();
    HostLookup lookup =
        new BoundedHostLookup(
            host -> {
              if (host.endsWith(".stalls.example")) {
                stalled.incrementAndGet();
                await(end);
              }
              return ANSWER;
            },
            Duration.ofSeconds(1),
            8);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<InetAddress>>> waiting =
          IntStream.range(0, 40)
              .mapToObj(i -> threads.submit(() -> lookup.lookup(i + ".stalls.example")))
              .toList();
      Awaitility.await().until(() -> stalled.get() == 2);
      for (int i = 0; i < 20; i++) {
        assertThat(lookup.lookup("www.other" + i + ".example")).isEqualTo(ANSWER);
      }

      for (Future<List<InetAddress>> each : waiting) {
        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
            .isThrownBy(each::get)
            .withCauseInstanceOf(LookupTimeoutException.class);
      }
      assertThat(stalled).hasValue(2);
    }
    end.countDown();
    Awaitility.await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(lookup.lookup("9.stalls.example")).isEqualTo(ANSWER));
  }

  private static void await(CountDownLatch end) throws UnknownHostException {
    try {
      end.await();
    } catch (InterruptedException _) {
      throw new UnknownHostException("interrupted");
    }
  }
}
