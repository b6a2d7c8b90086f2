package io.imageaudit.worker.inference;

import io.imageaudit.worker.image.Placement;
import java.util.List;

/**
 * Reads a line of text (connectionist temporal classification): the best character of each step,
 * repetitions taken once, blanks left out. The score is the mean of the kept steps' scores.
 */
final class CtcDecoder implements OutputDecoder {

  private static final int BLANK = 0;
  static final String LABEL = "text";

  private final List<String> alphabet;

  /**
   * Makes a reader.
   *
   * @param alphabet entry 0 is the blank
   */
  CtcDecoder(List<String> alphabet) {
    this.alphabet = alphabet;
  }

  @Override
  public List<Detection> decode(OutputTensor output, Placement placement) {
    if (output.shape().size() != 2 || output.shape().get(1) != alphabet.size()) {
      throw new IllegalArgumentException(
          "output: shape " + output.shape() + " (expected: [steps, " + alphabet.size() + "])");
    }
    if (output.shape().getFirst() == 0) {
      throw new IllegalArgumentException("output: no steps (expected: some, whatever is read)");
    }
    float[] values = Scores.probabilities(output.values());
    StringBuilder text = new StringBuilder();
    double sum = 0;
    int kept = 0;
    int before = BLANK;
    for (int step = 0; step < output.shape().getFirst(); step++) {
      int best = best(values, step * alphabet.size());
      if (best != BLANK && best != before) {
        text.append(alphabet.get(best));
        sum += values[step * alphabet.size() + best];
        kept++;
      }
      before = best;
    }
    return kept == 0 ? List.of() : List.of(new Detection(LABEL, sum / kept, null, text.toString()));
  }

  private int best(float[] values, int from) {
    int best = 0;
    for (int character = 1; character < alphabet.size(); character++) {
      best = values[from + character] > values[from + best] ? character : best;
    }
    return best;
  }
}
