package io.imageaudit.gateway.submit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The policies in a folder, as it is at the moment. */
final class FolderStrategies implements Strategies {

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  private final Path folder;

  /**
   * Looks into a folder.
   *
   * @throws IllegalArgumentException when it holds no default policy
   */
  FolderStrategies(Path folder) {
    this.folder = folder;
    if (!has(DEFAULT)) {
      throw new IllegalArgumentException(
          "image-audit.policy.directory: "
              + folder.toAbsolutePath()
              + " (expected: a folder with default.yaml)");
    }
  }

  @Override
  public boolean has(String name) {
    return NAME.matcher(name).matches() && Files.isRegularFile(folder.resolve(name + ".yaml"));
  }
}
