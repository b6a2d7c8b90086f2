package io.imageaudit.notification;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.imageaudit.test.TrainingRun;
import org.junit.jupiter.api.Test;

class TrainingRunIT {

  @Test
  void the_service_is_wired_up_where_no_server_can_be_reached() {
    assertThatCode(() -> TrainingRun.of(NotificationApplication.class)).doesNotThrowAnyException();
  }
}
