package io.imageaudit.modelserver.serve;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All models that are served, by name and version. They do not change while the server runs. */
public final class Models implements AutoCloseable {

  private final Map<String, NavigableMap<Long, ServedModel>> byName = new TreeMap<>();

  /** Serves these. */
  public Models(Collection<ServedModel> models) {
    for (ServedModel model : models) {
      var versions = byName.computeIfAbsent(model.name(), _ -> new TreeMap<>());
      if (versions.putIfAbsent(model.version(), model) != null) {
        throw new IllegalArgumentException(
            "models: %s version %d twice (expected: once)"
                .formatted(model.name(), model.version()));
      }
    }
  }

  /** The newest version of a model. */
  public Optional<ServedModel> latest(String name) {
    return versions(name).stream().findFirst();
  }

  /** One version of a model. */
  public Optional<ServedModel> version(String name, long version) {
    return versions(name).stream().filter(model -> model.version() == version).findFirst();
  }

  /** All versions of a model, newest first; empty when it is unknown. */
  public List<ServedModel> versions(String name) {
    return List.copyOf(
        byName.getOrDefault(name, Collections.emptyNavigableMap()).descendingMap().values());
  }

  /** All models in all versions. */
  public List<ServedModel> all() {
    return byName.values().stream().flatMap(versions -> versions.values().stream()).toList();
  }

  @Override
  public void close() {
    all().forEach(model -> model.body().close());
  }
}
