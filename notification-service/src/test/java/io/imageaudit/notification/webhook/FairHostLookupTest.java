package io.imageaudit.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairHostLookupTest {

  @ParameterizedTest
  @CsvSource({
    "a.b.example.com, example.com",
    "EXAMPLE.com, example.com",
    "example.com, example.com",
    "localhost, localhost",
    ".com, .com",
  })
  void names_share_by_their_last_two_labels(String host, String domain) {
    assertThat(FairHostLookup.domain(host)).isEqualTo(domain);
  }
}
