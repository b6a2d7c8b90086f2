package io.imageaudit.worker.inference;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a model's answer is read.
 *
 * @param kind what its numbers are
 * @param tensor name of the tensor to read; empty when there is only one
 */
public record OutputSpec(@DefaultValue("sigmoid") Kind kind, @DefaultValue("") String tensor) {

  /** What the numbers of an answer are. */
  public enum Kind {
    /** One probability per label, each on its own. */
    SIGMOID,
    /** One probability per label, together 1. */
    SOFTMAX,
    /** One logarithm of odds per label, each on its own. */
    SIGMOID_LOGITS,
    /** One logarithm per label, of which softmax makes probabilities. */
    LOGITS
  }
}
