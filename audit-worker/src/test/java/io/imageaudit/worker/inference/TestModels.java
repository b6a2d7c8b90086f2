package io.imageaudit.worker.inference;

import io.imageaudit.model.TraceParent;
import io.imageaudit.worker.SettingsText;
import io.imageaudit.worker.image.Placement;
import io.imageaudit.worker.image.Prepared;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small models and batches for tests of what speaks to servers. */
final class TestModels {

  static final List<String> LABELS = List.of("sexual", "violence");

  static final Credentials NO_CREDENTIALS =
      new TokenCredentials("Authorization", "Bearer", () -> null, InstantSource.system());

  private TestModels() {}

  /** A model of 2 x 2 pixels; encoded for OpenAI's interfaces. */
  static ModelSettings settings(ModelSettings.Protocol protocol, String endpoint) {
    boolean encoded =
        protocol == ModelSettings.Protocol.OPENAI_CHAT
            || protocol == ModelSettings.Protocol.OPENAI_MODERATION;
    return SettingsText.bind(
        """
        protocol: %s
        endpoint: %s
        served-name: served
        call-timeout: 5s
        batch: {max: %d}
        input: {width: 2, height: 1, datatype: %s}
        output: {tensor: scores}
        labels: [sexual, violence]
        categories: {sexual: adult.explicit}
        max-message: 1048576
        """
            .formatted(protocol, endpoint, encoded ? 1 : 16, encoded ? "encoded" : "fp32"),
        ModelSettings.class);
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

  /** One picture of bytes. */
  static InferenceBatch bytes(int... values) {
    ByteBuffer data = ByteBuffer.allocateDirect(values.length);
    for (int at = 0; at < values.length; at++) {
      data.put(at, (byte) values[at]);
    }
    return batch(List.of(prepared(data, List.of(1, 1, values.length))));
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
