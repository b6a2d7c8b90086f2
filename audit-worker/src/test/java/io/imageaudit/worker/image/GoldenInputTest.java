package io.imageaudit.worker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.worker.SettingsText;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demonstration model's input, against values that the trainer's own Python code made. */
class GoldenInputTest {

  private static final Path GOLDEN = Path.of("../demo-model/golden");

  /** One level of 255, since area averages may round either way. */
  private static final float TOLERANCE = 1.01f / 255;

  @ParameterizedTest
  @MethodSource("probed")
  void the_tensor_is_the_one_the_model_was_trained_on(JsonNode picture) throws IOException {
    byte[] bytes = Files.readAllBytes(GOLDEN.resolve(picture.get("file").asString()));
    int width = picture.get("width").asInt();
    int height = picture.get("height").asInt();
    ImageFacts facts =
        new ImageFacts(ContentDigest.of(bytes), "png", width, height, bytes.length, 1, null);
    ImageDecoder decoder = new OpenCvDecoder(SettingsText.bind("", DecodeSettings.class));

    try (Picture decoded = ((DecodeOutcome.Decoded) decoder.decode(bytes, facts, 224)).picture()) {
      var data =
          decoded
              .views()
              .getFirst()
              .prepare(demo(), new TensorMemory(1 << 20))
              .data()
              .duplicate()
              .order(ByteOrder.LITTLE_ENDIAN);
      for (JsonNode probe : picture.get("probes")) {
        int at =
            (probe.get("c").asInt() * 224 + probe.get("y").asInt()) * 224 + probe.get("x").asInt();
        assertThat(data.getFloat(at * 4))
            .as(probe.toString())
            .isCloseTo((float) probe.get("value").asDouble(), within(TOLERANCE));
      }
    }
  }

  static Stream<JsonNode> probed() throws IOException {
    JsonNode golden =
        JsonMapper.shared().readTree(Files.readAllBytes(GOLDEN.resolve("golden.json")));
    List<JsonNode> probed =
        StreamSupport.stream(golden.get("pictures").spliterator(), false)
            .filter(picture -> picture.has("probes"))
            .toList();
    assertThat(probed).isNotEmpty();
    return probed.stream();
  }

  private static InputSpec demo() {
    return SettingsText.bind("", InputSpec.class);
  }
}
