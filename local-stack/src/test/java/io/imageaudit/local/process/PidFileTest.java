package io.imageaudit.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  @TempDir Path folder;

  @Test
  void running_process_is_found() throws IOException {
    PidFile file = new PidFile(folder.resolve("pid"));

    file.write(ProcessHandle.current());

    assertThat(file.live()).contains(ProcessHandle.current());
  }

  @Test
  void process_that_started_after_the_file_was_written_is_a_stranger() throws IOException {
    PidFile file = new PidFile(folder.resolve("pid"));
    file.write(ProcessHandle.current());
    var started = ProcessHandle.current().info().startInstant().orElseThrow();
    Files.setLastModifiedTime(file.file(), FileTime.from(started.minus(Duration.ofMinutes(1))));

    assertThat(file.live()).isEmpty();
  }

  @Test
  void file_with_anything_else_in_it_finds_nothing() throws IOException {
    PidFile file = new PidFile(folder.resolve("pid"));
    assertThat(file.live()).isEmpty();

    Files.writeString(file.file(), "worker\n");

    assertThat(file.live()).isEmpty();
  }
}
