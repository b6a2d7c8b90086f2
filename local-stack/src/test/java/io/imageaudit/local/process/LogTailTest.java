package io.imageaudit.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir Path folder;

  @Test
  void last_lines_come_without_frames_of_stack_traces() throws IOException {
    Path log = folder.resolve("log");
    Files.writeString(
        log,
        """
        first
        java.io.IOException: no space
        \tat somewhere.Deep.inside(Deep.java:1)
        \t... 12 more

        last
        """);

    assertThat(LogTail.of(log, 2)).containsExactly("java.io.IOException: no space", "last");
  }

  @Test
  void missing_log_has_no_lines() {
    assertThat(LogTail.of(folder.resolve("none"), 5)).isEmpty();
  }
}
