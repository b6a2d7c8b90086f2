package io.imageaudit.local.stack;

import io.imageaudit.local.layout.PartName;
import java.nio.file.Path;
import java.util.List;

/** A part did not start. The message is for the user. */
public final class PartFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Path log;
  private final transient List<String> lastLines;

  PartFailedException(PartName part, String why, Path log, List<String> lastLines) {
    super(part.text() + " " + why);
    this.log = log;
    this.lastLines = List.copyOf(lastLines);
  }

  /** The part's whole log. */
  public Path log() {
    return log;
  }

  /** The end of the log. */
  public List<String> lastLines() {
    return lastLines;
  }
}
