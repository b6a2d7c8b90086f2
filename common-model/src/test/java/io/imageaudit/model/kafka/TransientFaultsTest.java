package io.imageaudit.model.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.KafkaException;

class TransientFaultsTest {

  @Test
  void a_broker_that_does_not_answer_is_waited_for() {
    assertThat(
            TransientFaults.passesByItself(
                new EventNotPublishedException("topic", new TimeoutException())))
        .isTrue();
  }

  @Test
  void an_event_that_no_broker_will_ever_take_is_not_tried_for_ever() {
    RuntimeException refused =
        new KafkaException("send failed", new RecordTooLargeException("2 MB"));

    assertThat(
            TransientFaults.passesByItself(
                new IllegalStateException(new EventNotPublishedException("topic", refused))))
        .isFalse();
  }
}
