package io.imageaudit.worker.inference;

import java.util.Map;

/**
 * All configured models.
 *
 * @param byName our own name for each
 */
public record Models(Map<String, Model> byName) implements AutoCloseable {

  /** Copies the map. */
  public Models {
    byName = Map.copyOf(byName);
  }

  /** Asks nothing more. */
  @Override
  public void close() {
    byName.values().forEach(Model::close);
  }

  /**
   * The model of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Model named(String name) {
    Model model = byName.get(name);
    if (model == null) {
      throw new IllegalArgumentException(
          "models: " + name + " (expected: one of " + byName.keySet() + ")");
    }
    return model;
  }
}
