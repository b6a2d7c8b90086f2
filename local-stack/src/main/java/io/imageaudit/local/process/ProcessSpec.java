package io.imageaudit.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to start.
 *
 * @param command program and arguments
 * @param environment variables in addition to the launcher's
 * @param directory working directory
 * @param log file that takes its output
 * @param pidFile file that says which process it is, as long as it lives
 */
public record ProcessSpec(
    List<String> command, Map<String, String> environment, Path directory, Path log, Path pidFile) {

  /** Copies. */
  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Hides the environment, which holds secrets. */
  @Override
  public String toString() {
    return "ProcessSpec[command=" + command + "]";
  }
}
