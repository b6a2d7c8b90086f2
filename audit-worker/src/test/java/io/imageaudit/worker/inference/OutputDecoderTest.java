package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.imageaudit.model.Box;
import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Placement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputDecoderTest {

  /** A picture of 200 x 100 in an input of 100 x 100, 25 rows below the top. */
  private static final Placement LETTERBOX = new Placement(200, 100, 0.5, 0.5, 0, 25);

  private static final InputSpec INPUT =
      SettingsText.bind("{width: 100, height: 100}", InputSpec.class);

  private static final List<String> TWO = List.of("safe", "unsafe");

  @Test
  void logits_become_probabilities() {
    List<Detection> seen = decode(OutputSpec.Kind.LOGITS, TWO, List.of(2L), 1f, 3f);

    assertThat(seen.get(1).score()).isCloseTo(0.8808, within(1e-4));
    assertThat(seen.get(0).score() + seen.get(1).score()).isCloseTo(1, within(1e-6));
  }

  @Test
  void huge_logits_do_not_overflow() {
    assertThat(decode(OutputSpec.Kind.LOGITS, TWO, List.of(2L), 1e30f, -1e30f).get(0).score())
        .isEqualTo(1);
    assertThat(decode(OutputSpec.Kind.SIGMOID_LOGITS, TWO, List.of(2L), -1e30f, 0f).get(1).score())
        .isEqualTo(0.5);
  }

  @ParameterizedTest
  @EnumSource(
      value = OutputSpec.Kind.class,
      names = {"SIGMOID", "SOFTMAX", "LOGITS", "SIGMOID_LOGITS"})
  void nonsense_is_refused(OutputSpec.Kind kind) {
    assertThatThrownBy(() -> decode(kind, TWO, List.of(2L), Float.NaN, 0f))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> decode(kind, TWO, List.of(3L), 0f, 0f, 0f))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_no_probability_is_refused() {
    assertThatThrownBy(() -> decode(OutputSpec.Kind.SIGMOID, TWO, List.of(2L), 7f, 0f))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.4f})
  void shares_that_are_not_the_whole_are_refused(float each) {
    assertThatThrownBy(() -> decode(OutputSpec.Kind.SOFTMAX, TWO, List.of(2L), each, each))
        .hasMessageContaining("(expected: 1)");
  }

  @Test
  void shares_that_were_rounded_are_read() {
    assertThat(decode(OutputSpec.Kind.SOFTMAX, TWO, List.of(2L), 0.1982f, 0.8f)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "YOLO_V8, -2.5",
    "YOLO_V8, 1.5",
    "YOLO_V5, -2.5",
    "YOLO_V5, 1.5",
    "BOXES_NMS, 1.5",
  })
  void boxes_whose_score_is_no_probability_are_refused(OutputSpec.Kind kind, float score) {
    List<Long> shape =
        switch (kind) {
          case YOLO_V8 -> List.of(5L, 1L);
          default -> List.of(1L, 6L);
        };
    float[] box =
        switch (kind) {
          case YOLO_V8 -> new float[] {50, 50, 20, 10, score};
          case YOLO_V5 -> new float[] {50, 50, 20, 10, 1, score};
          default -> new float[] {40, 45, 60, 55, score, 0};
        };
    assertThatThrownBy(() -> decode(kind, List.of("unsafe"), shape, box))
        .hasMessageContaining("(expected: 0..1)");
  }

  @Test
  void objectness_that_is_no_probability_is_refused() {
    assertThatThrownBy(() ->
            decode(
                OutputSpec.Kind.YOLO_V5, List.of("unsafe"), List.of(1L, 6L), 50, 50, 9, 9, -3, 1))
        .hasMessageContaining("(expected: 0..1)");
  }

  @Test
  void a_score_that_was_rounded_up_is_read() {
    float[] head = {50, 50, 20, 10, 1.0005f};

    assertThat(decode(OutputSpec.Kind.YOLO_V8, List.of("unsafe"), List.of(5L, 1L), head))
        .singleElement()
        .satisfies(box -> assertThat(box.score()).isEqualTo(1));
  }

  @Test
  void a_head_without_anchors_is_no_head_that_saw_nothing() {
    assertThatThrownBy(() -> decode(OutputSpec.Kind.YOLO_V8, TWO, List.of(6L, 0L)))
        .hasMessageContaining("no anchors");
    assertThatThrownBy(() -> decode(OutputSpec.Kind.YOLO_V5, TWO, List.of(0L, 7L)))
        .hasMessageContaining("no anchors");
  }

  @Test
  void thinned_boxes_may_be_filled_up_or_none() {
    float[] filling = {-1, -1, -1, -1, -1, -1};

    assertThat(decode(OutputSpec.Kind.BOXES_NMS, TWO, List.of(1L, 6L), filling)).isEmpty();
    assertThat(decode(OutputSpec.Kind.BOXES_NMS, TWO, List.of(0L, 6L))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 2, 0.5f})
  void a_box_of_a_class_without_a_label_is_refused(float unknown) {
    float[] box = {40, 45, 60, 55, 0.9f, unknown};

    assertThatThrownBy(() -> decode(OutputSpec.Kind.BOXES_NMS, TWO, List.of(1L, 6L), box))
        .hasMessage("output: class " + unknown + " (expected: one of 0..1)");
  }

  @Test
  void of_very_many_boxes_the_surest_are_kept() {
    float[] rows = new float[1000 * 6];
    for (int box = 0; box < 1000; box++) {
      rows[box * 6 + 4] = 0.5f + box / 2000f;
    }
    List<Detection> seen = decode(OutputSpec.Kind.BOXES_NMS, TWO, List.of(1000L, 6L), rows);

    assertThat(seen).hasSize(300);
    assertThat(seen.getFirst().score()).isCloseTo(0.9995, within(1e-6));
    assertThat(seen.getLast().score()).isCloseTo(0.85, within(1e-6));
  }

  @Test
  void columns_of_yolo_v8_become_boxes_in_the_picture() {
    // Three anchors: two see the same thing, the third sees nothing.
    float[] head = {
      50,
      51,
      10, // x
      50,
      50,
      10, // y
      20,
      20,
      5, // width
      10,
      10,
      5, // height
      0.1f,
      0.1f,
      0.05f, // safe
      0.9f,
      0.8f,
      0.1f // unsafe
    };
    List<Detection> seen = decode(OutputSpec.Kind.YOLO_V8, TWO, List.of(6L, 3L), head);

    assertThat(seen)
        .singleElement()
        .satisfies(box -> {
          assertThat(box.label()).isEqualTo("unsafe");
          assertThat(box.score()).isCloseTo(0.9, within(1e-6));
          assertThat(box.box()).isNotNull();
          assertBox(box.box(), 0.4, 0.4, 0.2, 0.2);
        });
  }

  @Test
  void rows_of_yolo_v5_count_objectness() {
    float[] head = {
      50, 50, 20, 10, 0.5f, 0.1f, 0.9f, //
      50, 50, 20, 10, 0.1f, 0.1f, 0.9f
    };
    assertThat(decode(OutputSpec.Kind.YOLO_V5, TWO, List.of(2L, 7L), head))
        .singleElement()
        .satisfies(box -> assertThat(box.score()).isCloseTo(0.45, within(1e-6)));
  }

  @Test
  void boxes_of_different_labels_stay_unless_told_otherwise() {
    List<Candidate> both =
        List.of(new Candidate(0, 0, 10, 10, 0, 0.9), new Candidate(0, 0, 10, 10, 1, 0.8));

    assertThat(new NonMaximumSuppression(0.45, false).keep(both)).hasSize(2);
    assertThat(new NonMaximumSuppression(0.45, true).keep(both)).hasSize(1);
  }

  @Test
  void thinned_boxes_are_read_as_they_are() {
    float[] rows = {
      40, 45, 60, 55, 0.7f, 1, //
      0, 0, 10, 10, 0.1f, 0
    };
    assertThat(decode(OutputSpec.Kind.BOXES_NMS, TWO, List.of(2L, 6L), rows))
        .singleElement()
        .satisfies(box -> assertBox(box.box(), 0.4, 0.4, 0.2, 0.2));
  }

  @Test
  void a_text_map_becomes_regions() {
    float[] map = new float[100 * 100];
    for (int y = 40; y < 50; y++) {
      for (int x = 20; x < 60; x++) {
        map[y * 100 + x] = 0.9f;
      }
    }
    map[0] = 0.9f; // A speck is no text.
    List<Detection> seen =
        decode(OutputSpec.Kind.DB_MAP, List.of("text"), List.of(1L, 100L, 100L), map);

    // 40 x 10 pixels, enlarged by 40 * 10 * 1.5 / (2 * 50) = 6 on each side.
    assertThat(seen)
        .singleElement()
        .satisfies(region -> assertBox(region.box(), 0.14, 0.18, 0.52, 0.44));
  }

  @Test
  void a_text_map_of_another_size_than_the_input_is_refused() {
    assertThatThrownBy(() ->
            decode(
                OutputSpec.Kind.DB_MAP,
                List.of("text"),
                List.of(1L, 50L, 200L),
                new float[50 * 200]))
        .hasMessageContaining("(expected: [1, 100, 100])");
  }

  @ParameterizedTest
  @ValueSource(floats = {-4, 9})
  void a_text_map_of_something_else_than_probabilities_is_refused(float pixel) {
    float[] map = new float[100 * 100];
    map[7] = pixel;

    assertThatThrownBy(
            () -> decode(OutputSpec.Kind.DB_MAP, List.of("text"), List.of(1L, 100L, 100L), map))
        .hasMessageContaining("(expected: 0..1)");
  }

  @Test
  void text_of_no_steps_or_of_something_else_than_probabilities_is_refused() {
    List<String> alphabet = List.of("", "a");

    assertThatThrownBy(() -> decode(OutputSpec.Kind.CTC, alphabet, List.of(0L, 2L)))
        .hasMessageContaining("no steps");
    assertThatThrownBy(() -> decode(OutputSpec.Kind.CTC, alphabet, List.of(1L, 2L), 7.5f, -3))
        .hasMessageContaining("(expected: 0..1)");
  }

  @Test
  void steps_become_text_without_blanks_and_repetitions() {
    List<String> alphabet = List.of("", "a", "b");
    float[] steps = {
      0.1f, 0.8f, 0.1f, //
      0.1f, 0.8f, 0.1f, //
      0.9f, 0.1f, 0f, //
      0.1f, 0.6f, 0.3f, //
      0.1f, 0.3f, 0.6f
    };
    assertThat(decode(OutputSpec.Kind.CTC, alphabet, List.of(5L, 3L), steps))
        .singleElement()
        .satisfies(text -> {
          assertThat(text.text()).isEqualTo("aab");
          assertThat(text.score()).isCloseTo((0.8 + 0.6 + 0.6) / 3, within(1e-6));
        });
  }

  @Test
  void an_embedding_is_compared_with_one_vector_per_label(@TempDir Path folder) throws IOException {
    String vectors = save(folder, new float[][] {{2, 0, 0}, {0, 3, 0}, {-1, 0, 0}});
    List<String> labels = List.of("cat", "dog", "none");
    // At 60 degrees to the first, 30 to the second.
    OutputTensor picture = new OutputTensor(List.of(3L), new float[] {5, 8.660254f, 0});

    List<Detection> best =
        OutputDecoder.of(embedding("embedding", 10, 0, vectors), labels, INPUT)
            .decode(picture, LETTERBOX);
    // exp(5), exp(8.66025), exp(-5), over their sum.
    assertThat(best).extracting(Detection::label).containsExactlyElementsOf(labels);
    assertThat(best.get(0).score()).isCloseTo(0.025088, within(1e-5));
    assertThat(best.get(1).score()).isCloseTo(0.974911, within(1e-5));

    List<Detection> each =
        OutputDecoder.of(embedding("embedding-sigmoid", 10, -5, vectors), labels, INPUT)
            .decode(picture, LETTERBOX);
    assertThat(each.get(0).score()).isCloseTo(0.5, within(1e-5));
    assertThat(each.get(1).score()).isCloseTo(0.974926, within(1e-5));

    assertThatThrownBy(() -> OutputDecoder.of(embedding("embedding", 10, 0, vectors), TWO, INPUT))
        .hasMessageContaining("output.vectors: shape [3, 3] (expected: [2, n])");
    assertThatThrownBy(() ->
            OutputDecoder.of(embedding("embedding", 10, 0, vectors), labels, INPUT)
                .decode(new OutputTensor(List.of(3L), new float[3]), LETTERBOX))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OutputSpec embedding(String kind, int scale, int bias, String vectors) {
    return SettingsText.bind(
        "{kind: %s, scale: %d, bias: %d, vectors: %s}".formatted(kind, scale, bias, vectors),
        OutputSpec.class);
  }

  /** As NumPy's format description says, version 1. */
  private static String save(Path folder, float[][] rows) throws IOException {
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n"
            .formatted(rows.length, rows[0].length);
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + rows.length * rows[0].length * 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length())
            .put(header.getBytes(StandardCharsets.US_ASCII));
    for (float[] row : rows) {
      for (float value : row) {
        file.putFloat(value);
      }
    }
    return Files.write(folder.resolve("vectors.npy"), file.array()).toString();
  }

  private static List<Detection> decode(
      OutputSpec.Kind kind, List<String> labels, List<Long> shape, float... values) {
    OutputSpec spec = SettingsText.bind("kind: " + kind, OutputSpec.class);
    return OutputDecoder.of(spec, labels, INPUT).decode(new OutputTensor(shape, values), LETTERBOX);
  }

  private static void assertBox(
      @org.jspecify.annotations.Nullable Box box, double x, double y, double width, double height) {
    assertThat(box).isNotNull();
    assertThat(box.x()).isCloseTo(x, within(1e-6));
    assertThat(box.y()).isCloseTo(y, within(1e-6));
    assertThat(box.width()).isCloseTo(width, within(1e-6));
    assertThat(box.height()).isCloseTo(height, within(1e-6));
  }
}
