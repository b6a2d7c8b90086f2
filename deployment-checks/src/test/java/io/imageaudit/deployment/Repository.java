package io.imageaudit.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of the repository that this module lies in. */
final class Repository {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Repository() {}

  static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files below a folder whose names end so, in order. */
  static List<Path> files(String folder, String ending) {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The YAML documents of a text that are maps. */
  static List<Node> documents(String name, String text) {
    Yaml yaml = new Yaml(new SafeConstructor(options()));
    return StreamSupport.stream(yaml.loadAll(text).spliterator(), false)
        .filter(Map.class::isInstance)
        .map(document -> new Node(name, document))
        .toList();
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    // A key written twice is a mistake of which YAML would keep the second half.
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(200);
    return options;
  }
}
