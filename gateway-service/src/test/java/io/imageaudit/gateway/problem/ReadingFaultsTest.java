package io.imageaudit.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;

class ReadingFaultsTest {

  @Test
  void only_the_request_can_be_read_badly() {
    assertThat(ReadingFaults.isOne(new UncheckedIOException(new ClientAbortException()))).isTrue();
    assertThat(ReadingFaults.isOne(new CompletionException(new ConnectException("database"))))
        .isFalse();
  }
}
