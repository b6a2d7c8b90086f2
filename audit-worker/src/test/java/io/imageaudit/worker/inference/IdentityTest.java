package io.imageaudit.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.image.TestDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes two models different ones, so that neither's verdicts stand for the other's. */
class IdentityTest {

  private static final String DEMO =
      "{endpoint: 'http://models:1', protocol: oip-grpc, labels: [a, b]}";

  private final FaultyModelServer remote = new FaultyModelServer();

  @AfterEach
  void close() {
    remote.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{endpoint: 'http://models:1', protocol: oip-rest, labels: [a, b]}",
        "{endpoint: 'http://models:1', protocol: oip-grpc, labels: [a, b], version: 2}",
        "{endpoint: 'http://models:1', protocol: oip-grpc, labels: [b, a]}",
        "{endpoint: 'http://models:2', protocol: oip-grpc, labels: [a, b]}",
        "{endpoint: 'http://models:1', protocol: oip-grpc, labels: [a, b], input: {color: bgr}}"
      })
  void whatever_decides_makes_another_model(String other) {
    assertThat(settings(other).identity()).isNotEqualTo(settings(DEMO).identity());
    assertThat(settings(other).identity()).isEqualTo(settings(other).identity());
  }

  @Test
  void the_content_of_the_vectors_decides_and_not_only_their_name(@TempDir Path folder)
      throws IOException {
    Path vectors = folder.resolve("vectors.npy");
    remote.score(0, 0, 1, 0);

    Files.write(vectors, vectors(1));
    String before = identityAfterALook(vectors);
    Files.write(vectors, vectors(2));
    String after = identityAfterALook(vectors);

    assertThat(after).isNotEqualTo(before);
    Files.write(vectors, vectors(1));
    assertThat(identityAfterALook(vectors)).isEqualTo(before);
  }

  private String identityAfterALook(Path vectors) {
    Models models =
        TestGuards.models(
            """
            models:
              clip:
                endpoint: %s
                input: {width: 2, height: 2}
                output: {kind: embedding, vectors: %s}
                labels: [a, b]
            """
                .formatted(remote.endpoint(), vectors));
    try (models) {
      Model model = models.named("clip");
      assertThat(
              model.look(
                  TestDecoder.gray(8),
                  Instant.now().plusSeconds(10),
                  TraceParent.start(new Random(1))))
          .isInstanceOf(LookOutcome.Looked.class);
      return model.identity().orElseThrow();
    }
  }

  private static ModelSettings settings(String yaml) {
    return SettingsText.bind(yaml, ModelSettings.class);
  }

  /** Two vectors of four numbers, as NumPy's format description says, version 1. */
  private static byte[] vectors(float last) {
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + 32)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) header.length())
            .put(header.getBytes(StandardCharsets.US_ASCII));
    for (float value : new float[] {0, 0, 1, 0, 0, 1, 0, last}) {
      file.putFloat(value);
    }
    return file.array();
  }
}
