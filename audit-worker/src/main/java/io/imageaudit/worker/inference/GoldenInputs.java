package io.imageaudit.worker.inference;

import io.imageaudit.model.ImageFacts;
import io.imageaudit.worker.image.DecodeOutcome.Decoded;
import io.imageaudit.worker.image.ImageDecoder;
import io.imageaudit.worker.image.InputSpec;
import io.imageaudit.worker.image.Picture;
import io.imageaudit.worker.image.Prepared;
import io.imageaudit.worker.image.TensorMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Proves, before anything is judged, that pictures are prepared as the models want them. */
final class GoldenInputs {

  private final ImageDecoder decoder;
  private final TensorMemory memory;

  GoldenInputs(ImageDecoder decoder, TensorMemory memory) {
    this.decoder = decoder;
    this.memory = memory;
  }

  /**
   * Compares a model's golden tensor, if it has one, with the tensor that we make.
   *
   * @throws GoldenMismatchException when they differ, or cannot be compared
   */
  void prove(String name, ModelSettings model) {
    GoldenSettings golden = model.golden();
    if (golden == null) {
      return;
    }
    NumpyArray expected;
    byte[] file;
    try {
      file = Files.readAllBytes(Path.of(golden.image()));
      expected = NumpyArray.read(Files.readAllBytes(Path.of(golden.tensor())));
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new GoldenMismatchException(name, "cannot be read: " + e.getMessage());
    }
    requireShape(name, model.input(), expected);
    try (Picture picture = picture(name, golden, file, model.input().detail());
        Prepared ours = picture.views().getFirst().prepare(model.input(), memory)) {
      compare(name, model.input(), golden, expected, ours.data());
    }
  }

  private Picture picture(String name, GoldenSettings golden, byte[] file, int detail) {
    ImageFacts facts = decoder.inspect(file);
    if (facts != null && decoder.decode(file, facts, detail) instanceof Decoded(Picture picture)) {
      return picture;
    }
    throw new GoldenMismatchException(name, golden.image() + " cannot be decoded");
  }

  private static void requireShape(String name, InputSpec input, NumpyArray expected) {
    List<Integer> batched = new ArrayList<>(List.of(1));
    batched.addAll(input.shape());
    boolean encoded = input.datatype() == InputSpec.Datatype.ENCODED;
    if (encoded || !(expected.shape().equals(input.shape()) || expected.shape().equals(batched))) {
      throw new GoldenMismatchException(
          name, "shape " + expected.shape() + " (expected: " + input.shape() + ")");
    }
  }

  private static void compare(
      String name, InputSpec input, GoldenSettings golden, NumpyArray expected, ByteBuffer ours) {
    ByteBuffer data = ours.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int worst = 0;
    double difference = 0;
    for (int at = 0; at < expected.values().length; at++) {
      double here = Math.abs(element(input, data, at) - expected.values()[at]);
      if (!(here <= difference)) {
        worst = at;
        difference = here;
      }
    }
    if (!(difference <= golden.tolerance())) {
      throw new GoldenMismatchException(
          name,
          "%s becomes %s at element %d of %s (expected: %s +- %s, as in %s)"
              .formatted(
                  golden.image(),
                  element(input, data, worst),
                  worst,
                  input.shape(),
                  expected.values()[worst],
                  golden.tolerance(),
                  golden.tensor()));
    }
  }

  private static double element(InputSpec input, ByteBuffer data, int at) {
    return switch (input.datatype()) {
      case FP32 -> data.getFloat(at * 4);
      case FP16 -> Float.float16ToFloat(data.getShort(at * 2));
      case UINT8 -> data.get(at) & 0xff;
      case ENCODED -> throw new IllegalArgumentException("an encoded picture has no elements");
    };
  }
}
