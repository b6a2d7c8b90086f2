package io.imageaudit.worker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Nobody waits for memory beyond the moment at which it is of no more use. */
class MemoryWaitTest {

  @Test
  void a_picture_waits_for_memory_until_it_is_of_no_more_use() {
    PictureMemory pictures = new PictureMemory(10_240);
    PictureMemory.Share all = pictures.take(10_240, Instant.MAX);

    assertThatExceptionOfType(NoRoomException.class)
        .isThrownBy(() -> pictures.take(1024, Instant.now().plusMillis(20)));

    all.run();
    pictures.take(10_240, Instant.now().plusSeconds(60)).run();
  }

  @Test
  void a_tensor_waits_for_memory_until_it_is_of_no_more_use() {
    TensorMemory tensors = new TensorMemory(100);
    var all = tensors.take(100, Instant.MAX);

    assertThatExceptionOfType(NoRoomException.class)
        .isThrownBy(() -> tensors.take(1, Instant.now().plusMillis(20)));

    tensors.give(all);
    tensors.give(tensors.take(100, Instant.now().plusSeconds(60)));
    assertThat(tensors.taken()).isZero();
  }

  @Test
  void who_waits_for_memory_is_let_go_when_the_worker_stops() {
    TensorMemory tensors = new TensorMemory(100);
    PictureMemory pictures = new PictureMemory(1024);
    tensors.take(100, Instant.MAX);
    pictures.take(1024, Instant.MAX);

    assertLetGo(() -> tensors.take(1, Instant.MAX));
    assertLetGo(() -> pictures.take(1, Instant.MAX));
  }

  private static void assertLetGo(Runnable wait) {
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread waiting =
        Thread.ofVirtual().uncaughtExceptionHandler((_, fault) -> end.set(fault)).start(wait);

    waiting.interrupt();

    Awaitility.await().until(() -> !waiting.isAlive());
    assertThat(end.get()).isInstanceOf(NoRoomException.class);
  }
}
