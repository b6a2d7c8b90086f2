package io.imageaudit.worker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.inference.TestGuards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that no picture could be brought to are refused before there is one. */
class InputSpecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resize: {mode: cover, resize-to: 223}",
        "{width: 100, resize: {mode: cover, resize-to: 150}}",
        "resize: {mode: stretch-crop, resize-to: 223}",
        "resize: {mode: stretch-crop}"
      })
  void what_is_cut_out_of_less_than_the_input_is_refused_with_its_key(String settings) {
    assertThatThrownBy(() -> SettingsText.bind(settings, InputSpec.class))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("resize.resize-to: ")
        .hasMessageContaining("224");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resize: {mode: cover}",
        "resize: {mode: cover, resize-to: 224}",
        "resize: {mode: stretch-crop, resize-to: 224}",
        "resize: {mode: letterbox}"
      })
  void what_is_cut_out_of_enough_is_taken(String settings) {
    assertThat(SettingsText.bind(settings, InputSpec.class)).isNotNull();
  }

  @Test
  void a_tensor_larger_than_all_memory_for_tensors_is_refused_with_its_key() {
    String models =
        """
        models:
          large: {endpoint: "localhost:1", labels: [a], input: {width: 4096, height: 4096}}
        """;

    assertThatThrownBy(() -> TestGuards.models(models))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("image-audit.models.large.input: ")
        .hasMessageContaining("image-audit.decode.tensor-memory");
  }
}
