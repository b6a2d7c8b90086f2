package io.imageaudit.modelserver.serve;

import io.imageaudit.modelserver.tensor.Tensor;
import java.util.Map;
import java.util.Set;

/** What computes a model's outputs. Used by as many threads as the model has executors. */
public interface ModelBody extends AutoCloseable {

  /**
   * Computes outputs.
   *
   * @param inputs checked tensors by name
   * @param outputs names of the wanted outputs
   * @return the wanted outputs by name
   * @throws InterruptedException when the caller gave up while this waited
   * @throws RefusedException when the input is not to this model's taste
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs, Set<String> outputs)
      throws InterruptedException;

  @Override
  default void close() {}
}
