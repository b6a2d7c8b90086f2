package io.imageaudit.intake.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts of the store for other packages' tests. */
public final class Stores {

  private Stores() {}

  /** A staging area in a folder. */
  public static Staging staging(Path folder) throws IOException {
    return new Staging(Files.createDirectories(folder));
  }
}
