package io.imageaudit.worker.inference;

import io.imageaudit.model.ContentDigest;
import io.imageaudit.worker.image.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a picture's vector with one vector per label (zero-shot classification, as CLIP and
 * SigLIP): {@code cosine * scale + bias} is the label's logit.
 */
final class EmbeddingDecoder implements OutputDecoder {

  private final OutputSpec spec;
  private final List<String> labels;
  private final String identity;
  private final double[][] directions;

  private EmbeddingDecoder(
      OutputSpec spec, List<String> labels, String identity, double[][] directions) {
    this.spec = spec;
    this.labels = labels;
    this.identity = identity;
    this.directions = directions;
  }

  /**
   * Reads the labels' vectors.
   *
   * @throws IllegalArgumentException when they cannot be read or are not one per label
   */
  static EmbeddingDecoder of(OutputSpec spec, List<String> labels) {
    byte[] file;
    NumpyArray vectors;
    try {
      file = Files.readAllBytes(Path.of(spec.vectors()));
      vectors = NumpyArray.read(file);
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "output.vectors: " + spec.vectors() + " cannot be read: " + e.getMessage(), e);
    }
    if (vectors.shape().size() != 2 || vectors.shape().getFirst() != labels.size()) {
      throw new IllegalArgumentException(
          "output.vectors: shape " + vectors.shape() + " (expected: [" + labels.size() + ", n])");
    }
    int length = vectors.shape().getLast();
    double[][] directions = new double[labels.size()][length];
    for (int label = 0; label < directions.length; label++) {
      System.arraycopy(vectors.values(), label * length, directions[label], 0, length);
      normalise(directions[label]);
    }
    return new EmbeddingDecoder(spec, labels, ContentDigest.of(file).hex(), directions);
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public List<Detection> decode(OutputTensor output, Placement placement) {
    int length = directions[0].length;
    if (output.values().length != length) {
      throw new IllegalArgumentException(
          "output: shape " + output.shape() + " (expected: [" + length + "])");
    }
    double[] picture = new double[length];
    for (int at = 0; at < length; at++) {
      picture[at] = output.values()[at];
    }
    normalise(picture);
    float[] logits = new float[directions.length];
    for (int label = 0; label < logits.length; label++) {
      logits[label] = (float) (product(picture, directions[label]) * spec.scale() + spec.bias());
    }
    float[] scores = Scores.of(spec.kind(), logits);
    List<Detection> detections = new ArrayList<>();
    for (int label = 0; label < scores.length; label++) {
      detections.add(new Detection(labels.get(label), scores[label], null, null));
    }
    return detections;
  }

  /** To length 1. */
  private static void normalise(double[] vector) {
    double length = Math.sqrt(product(vector, vector));
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("vector: length " + length + " (expected: > 0)");
    }
    for (int at = 0; at < vector.length; at++) {
      vector[at] /= length;
    }
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int at = 0; at < one.length; at++) {
      sum += one[at] * other[at];
    }
    return sum;
  }
}
