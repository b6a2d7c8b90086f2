package io.imageaudit.modelserver.tensor;

/**
 * What a model says about one of its inputs or outputs.
 *
 * @param name the tensor's name
 * @param type its element type
 * @param shape its dimensions, -1 where the size is open
 */
public record TensorSpec(String name, TensorType type, Shape shape) {}
