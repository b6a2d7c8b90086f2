package io.imageaudit.worker.inference;

import io.imageaudit.model.Category;
import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.batch.BatchSettings;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Placement;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.image.Resize;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small models and batches for tests of what speaks to servers. */
final class TestModels {

  static final List<String> LABELS = List.of("sexual", "violence");

  private TestModels() {}

  /** A model of 2 x 2 pixels; encoded for OpenAI's interfaces. */
  static ModelSettings settings(ModelSettings.Protocol protocol, String endpoint) {
    boolean encoded =
        protocol == ModelSettings.Protocol.OPENAI_CHAT
            || protocol == ModelSettings.Protocol.OPENAI_MODERATION;
    return new ModelSettings(
        protocol,
        endpoint,
        false,
        "served",
        "",
        "inference.GRPCInferenceService",
        "",
        "",
        Duration.ofSeconds(5),
        new CredentialSettings("Authorization", "Bearer", "", "", "", "", ""),
        new BatchSettings(encoded ? 1 : 16, 4, 16, Duration.ofMillis(10), true, 1024),
        new InputSpec(
            "image",
            encoded ? InputSpec.Datatype.ENCODED : InputSpec.Datatype.FP32,
            InputSpec.Layout.NCHW,
            InputSpec.ColorOrder.RGB,
            2,
            1,
            new Resize(Resize.Mode.STRETCH, Resize.Interpolation.AREA, 0, 114, false),
            1 / 255.0,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0),
            85),
        new OutputSpec(OutputSpec.Kind.SIGMOID, "scores", 0.25, 0.45, false, 0.6, 1.5),
        LABELS,
        Map.of("sexual", new Category("adult.explicit")),
        1 << 20);
  }

  /** Pictures of six numbers each: 0, 1, 2 and so on. */
  static InferenceBatch batch(int size) {
    List<Prepared> items = new ArrayList<>();
    for (int item = 0; item < size; item++) {
      ByteBuffer data = ByteBuffer.allocateDirect(24).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < 6; at++) {
        data.putFloat(at * 4, item * 6 + at);
      }
      items.add(prepared(data, List.of(3, 1, 2)));
    }
    return batch(items);
  }

  /** One encoded picture. */
  static InferenceBatch encoded(byte[] file) {
    return batch(List.of(prepared(ByteBuffer.wrap(file), List.of())));
  }

  private static InferenceBatch batch(List<Prepared> items) {
    return new InferenceBatch(
        items, Instant.now().plusSeconds(10), TraceParent.start(new Random(1)));
  }

  private static Prepared prepared(ByteBuffer data, List<Integer> shape) {
    return new Prepared(data, shape, new Placement(2, 1, 1, 1, 0, 0), () -> {});
  }
}
