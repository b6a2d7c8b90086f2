package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.model.ImageFacts;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.image.DecodeOutcome.Decoded;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.image.TestDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The repository's model server with ONNX Runtime, in a process of its own. */
class OwnModelServerIT {

  private static final Path GOLDEN = Path.of("../demo-model/golden");
  private static final Pattern PORT = Pattern.compile("gRPC (127.0.0.1:[0-9]+)");

  @TempDir private static Path folder;
  private static Process process;

  @BeforeAll
  static void start() throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-jar",
                    "../model-server/target/model-server-0.1.0.jar",
                    "--models",
                    "../demo-model",
                    "--grpc-port=0",
                    "--rest-port=0"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> log().contains("Ready after") || !process.isAlive());
  }

  @AfterAll
  static void stop() {
    process.destroyForcibly();
  }

  @Test
  void the_demonstration_model_sees_what_it_saw_when_it_was_trained() throws IOException {
    Matcher port = PORT.matcher(log());
    assertThat(port.find()).as(log()).isTrue();
    Models models =
        TestGuards.models(
            """
            models:
              demo:
                endpoint: "%s"
                output: {kind: sigmoid, tensor: scores}
                labels: [promo_text, qr_code, watermark, skin_exposure]
                golden: {image: "%s", tensor: "%s", tolerance: 0.005}
            """
                .formatted(
                    port.group(1),
                    GOLDEN.resolve("watermark-sofa-640x480.png"),
                    GOLDEN.resolve("watermark-sofa-640x480.npy")));

    JsonNode golden =
        JsonMapper.shared().readTree(Files.readAllBytes(GOLDEN.resolve("golden.json")));
    for (JsonNode picture : golden.get("pictures")) {
      LookOutcome.Looked looked = look(models.named("demo"), picture);
      assertThat(looked.detections()).hasSize(4);
      for (Detection seen : looked.detections()) {
        assertThat(seen.score())
            .as(picture.get("file").asString() + " " + seen.label())
            .isCloseTo(picture.get("scores").get(seen.label()).asDouble(), within(0.02));
      }
    }
  }

  private static LookOutcome.Looked look(Model model, JsonNode picture) throws IOException {
    byte[] file = Files.readAllBytes(GOLDEN.resolve(picture.get("file").asString()));
    ImageFacts facts =
        new ImageFacts(
            ContentDigest.of(file),
            "png",
            picture.get("width").asInt(),
            picture.get("height").asInt(),
            file.length,
            1,
            null);
    try (Picture decoded = ((Decoded) TestDecoder.get().decode(file, facts, 224)).picture()) {
      LookOutcome outcome =
          model.look(decoded, Instant.now().plusSeconds(20), TraceParent.start(new Random(1)));
      assertThat(outcome).isInstanceOf(LookOutcome.Looked.class);
      return (LookOutcome.Looked) outcome;
    }
  }

  private static String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
