package io.imageaudit.modelserver.onnx;

import io.imageaudit.modelserver.serve.Executors;
import io.imageaudit.modelserver.serve.ServedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Models in a folder: {@code <name>/<version>/model.onnx}, as Triton has it, or {@code
 * <name>.onnx}, which is version 1.
 *
 * @param folder where to look
 * @param maxBatch most rows per call
 * @param executors calls that run at once, per model
 * @param maxQueue calls that may wait, per model
 * @param threads threads that one call computes with
 */
public record OnnxModelFolder(Path folder, int maxBatch, int executors, int maxQueue, int threads) {

  /**
   * Loads every model.
   *
   * @throws IllegalArgumentException when the folder is missing or a file is not a model that can
   *     be served; it names the file
   */
  public List<ServedModel> load() {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("models: " + folder + " (expected: a folder)");
    }
    List<ServedModel> models = new ArrayList<>();
    for (Path entry : list(folder)) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry)) {
        models.addAll(versions(entry, name));
      } else if (name.endsWith(".onnx")) {
        models.add(load(entry, name.substring(0, name.length() - ".onnx".length()), 1));
      }
    }
    return models;
  }

  private List<ServedModel> versions(Path model, String name) {
    List<ServedModel> versions = new ArrayList<>();
    for (Path entry : list(model)) {
      Path file = entry.resolve("model.onnx");
      String version = entry.getFileName().toString();
      if (Files.isRegularFile(file) && version.matches("[1-9][0-9]{0,17}")) {
        versions.add(load(file, name, Long.parseLong(version)));
      }
    }
    return versions;
  }

  private ServedModel load(Path file, String name, long version) {
    OnnxModel body = OnnxModel.load(file, threads);
    return new ServedModel(
        name,
        version,
        "onnxruntime_onnx",
        body.inputs(),
        body.outputs(),
        maxBatch,
        new Executors(executors, maxQueue),
        body);
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("models: " + folder + " cannot be read", e);
    }
  }
}
