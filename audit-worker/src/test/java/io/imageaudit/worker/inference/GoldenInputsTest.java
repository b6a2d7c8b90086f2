package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.image.TensorMemory;
import io.imageaudit.worker.image.TestDecoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden tensors, made by {@code golden/make_golden.py} and the demonstration model's trainer. */
class GoldenInputsTest {

  private static final String IMAGENET =
      """
      input: {width: 24, height: 32, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]}
      golden: {image: src/test/resources/golden/picture.jpg, tolerance: 0.03,
               tensor: src/test/resources/golden/nchw-rgb-fp32.npy}
      """;

  private static final String CAFFE =
      """
      input: {datatype: fp16, layout: nhwc, color: bgr, width: 24, height: 32, scale: 1,
              mean: [103.939, 116.779, 123.68]}
      golden: {image: src/test/resources/golden/picture.jpg, tolerance: 1.5,
               tensor: src/test/resources/golden/nhwc-bgr-fp16.npy}
      """;

  private static final String TRANSPARENT =
      """
      input: {datatype: uint8, layout: nhwc, width: 24, height: 16}
      golden: {image: src/test/resources/golden/transparent.png, tolerance: 1,
               tensor: src/test/resources/golden/nhwc-rgb-uint8.npy}
      """;

  private static final String DEMO =
      """
      golden: {image: ../demo-model/golden/watermark-sofa-640x480.png, tolerance: 0.005,
               tensor: ../demo-model/golden/watermark-sofa-640x480.npy}
      """;

  private final GoldenInputs golden =
      new GoldenInputs(TestDecoder.get(), new TensorMemory(1 << 20));

  @Test
  void the_tensor_is_the_one_that_others_make() {
    assertThatCode(() -> golden.prove("imagenet", model(IMAGENET))).doesNotThrowAnyException();
    assertThatCode(() -> golden.prove("caffe", model(CAFFE))).doesNotThrowAnyException();
    assertThatCode(() -> golden.prove("clear", model(TRANSPARENT))).doesNotThrowAnyException();
    assertThatCode(() -> golden.prove("demo", model(DEMO))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width: 24 | color: bgr, width: 24",
        "mean: [0.485 | mean: [0.585",
        "width: 24 | scale: 1, width: 24",
      })
  void a_wrong_setting_is_found(String right, String wrong) {
    assertThatThrownBy(() -> golden.prove("nsfw", model(IMAGENET.replace(right, wrong))))
        .isInstanceOf(GoldenMismatchException.class)
        .hasMessageStartingWith("image-audit.models.nsfw.golden: src/test/resources/golden/")
        .hasMessageContaining("at element")
        .hasMessageContaining("(expected: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "width: 24 | width: 12 | shape [1, 3, 32, 24] (expected: [3, 32, 12])",
        "fp32.npy | none.npy | cannot be read: src/test/resources/golden/nchw-rgb-none.npy",
        "nchw-rgb-fp32.npy | picture.jpg | cannot be read: no NumPy file",
        "picture.jpg | make_golden.py | src/test/resources/golden/make_golden.py cannot be decoded",
      })
  void what_cannot_be_compared_proves_nothing(String right, String wrong, String message) {
    assertThatThrownBy(() -> golden.prove("nsfw", model(IMAGENET.replace(right, wrong))))
        .isInstanceOf(GoldenMismatchException.class)
        .hasMessage("image-audit.models.nsfw.golden: " + message);
  }

  @Test
  void a_worker_does_not_start_with_a_model_that_it_would_show_something_else() {
    String wrong = "endpoint: x:1\nlabels: [a]\n" + IMAGENET.replace("0.485", "0.5");

    try (GrpcChannels channels = new GrpcChannels()) {
      assertThatThrownBy(() ->
              TestGuards.models(
                  "models:\n  nsfw:\n" + wrong.indent(4), channels, new SimpleMeterRegistry()))
          .isInstanceOf(GoldenMismatchException.class)
          .hasMessageContaining("image-audit.models.nsfw.golden");
    }
  }

  private static ModelSettings model(String text) {
    return SettingsText.bind("endpoint: x:1\nlabels: [a]\n" + text, ModelSettings.class);
  }
}
