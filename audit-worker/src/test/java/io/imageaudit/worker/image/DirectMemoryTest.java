package io.imageaudit.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectMemoryTest {

  @Test
  void tensors_leave_room_for_the_messages_that_carry_them() {
    DirectMemory memory = new DirectMemory(100);

    assertThat(memory.forTensors(30)).isEqualTo(30);
    assertThat(memory.forTensors(100)).isEqualTo(40);
  }

  @Test
  void the_limit_of_this_process_is_known() {
    assertThat(DirectMemory.ofThisProcess().limit()).isPositive();
  }
}
