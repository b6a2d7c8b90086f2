package io.imageaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.StackUnderTest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The product, end to end: a picture goes in, a verdict and a signed callback come out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JourneyIT {

  private Merchant merchant;

  @BeforeAll
  void startTheStack() throws IOException {
    merchant = Merchant.of(StackUnderTest.shared());
  }

  @AfterAll
  void leave() {
    merchant.close();
  }

  @ParameterizedTest
  @EnumSource
  void picture_is_submitted_judged_and_told(InputForm form) throws Exception {
    Sample picture = sample("shoe-qr-code-16.jpg");

    String auditId = accepted(merchant.submit(picture, form));
    JsonNode result = awaitEnd(auditId);
    Callback callback = merchant.awaitCallback(auditId);

    assertThat(result.path("status").asString()).isEqualTo("COMPLETED");
    assertThat(result.path("verdict").asString()).isEqualTo("BLOCK");
    assertThat(callback.verified()).isTrue();
    assertThat(callback.data().path("verdict").asString()).isEqualTo("BLOCK");
    assertThat(callback.data().path("violations").path(0).asString()).isEqualTo("divert.qrcode");
    assertThat(callback.data().path("is_safe").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("hopelessPictures")
  void picture_that_cannot_be_judged_fails_with_its_code_and_is_told(Sample picture)
      throws Exception {
    String auditId = accepted(merchant.submit(picture, InputForm.URL));
    JsonNode result = awaitEnd(auditId);
    Callback callback = merchant.awaitCallback(auditId);

    assertThat(result.path("status").asString()).isEqualTo("FAILED");
    assertThat(result.path("error").path("code").asString()).isEqualTo(picture.outcome());
    assertThat(callback.verified()).isTrue();
    assertThat(callback.data().path("error").path("code").asString()).isEqualTo(picture.outcome());
  }

  static Stream<Sample> hopelessPictures() throws IOException {
    return Samples.in(Merchant.SAMPLES).stream()
        .filter(sample -> !List.of("PASS", "REVIEW", "BLOCK").contains(sample.outcome()));
  }

  private Sample sample(String name) throws IOException {
    return Samples.in(Merchant.SAMPLES).stream()
        .filter(sample -> sample.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String accepted(Receipt receipt) {
    assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
    return ((Receipt.Accepted) receipt).auditId();
  }

  private JsonNode awaitEnd(String auditId) {
    return await()
        .atMost(Merchant.PATIENCE)
        .until(
            () -> merchant.find(auditId),
            result -> List.of("COMPLETED", "FAILED").contains(result.path("status").asString("")));
  }
}
