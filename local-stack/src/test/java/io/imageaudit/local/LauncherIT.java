package io.imageaudit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process: what it starts, and that nothing of it is left. */
class LauncherIT {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
  private static final String PARTS = "postgres,kafka,intake";

  @TempDir Path home;

  @Test
  void taken_port_is_named() throws Exception {
    var ports = StackUnderTest.freePorts();
    try (ServerSocket other = new ServerSocket(ports.of(PortName.KAFKA))) {
      StackUnderTest stack = StackUnderTest.launch(home, List.of("up"), ports);

      assertThat(stack.launcher().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(stack.launcher().exitValue()).isEqualTo(1);
      assertThat(stack.output())
          .contains("port " + other.getLocalPort() + " (kafka) is taken")
          .contains("--port kafka=")
          .doesNotContain("Exception");
    }
  }

  @Test
  void terminated_launcher_leaves_no_process_and_data_that_the_next_one_reuses() throws Exception {
    StackUnderTest stack = StackUnderTest.launch(home, List.of("up", "--parts", PARTS));
    stack.awaitReady();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.folder().env())))
        .isEqualTo("rw-------");
    List<ProcessHandle> processes = stack.launcher().descendants().toList();
    assertThat(processes).hasSizeGreaterThan(3);

    stack.launcher().destroy();

    assertThat(stack.launcher().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertNoneLives(processes);
    assertThat(stack.folder().pidFile(PartName.POSTGRES)).doesNotExist();
    assertThat(stack.folder().data("postgres")).exists();
  }

  @Test
  void killed_launcher_leaves_no_process() throws Exception {
    StackUnderTest stack = StackUnderTest.launch(home, List.of("up", "--parts", "postgres,kafka"));
    stack.awaitReady();
    List<ProcessHandle> processes = stack.launcher().descendants().toList();

    stack.launcher().destroyForcibly();

    assertNoneLives(processes);
  }

  @Test
  void part_that_cannot_start_is_explained_and_nothing_is_left() throws Exception {
    Path data = Files.createDirectories(home.resolve("stack/data/postgres"));
    Files.writeString(data.resolve("PG_VERSION"), "9\n");

    StackUnderTest stack = StackUnderTest.launch(home, List.of("up", "--parts", "postgres"));

    assertThat(stack.launcher().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stack.launcher().exitValue()).isEqualTo(1);
    assertThat(stack.output()).contains("✗ postgres ended while it started", "postgres.log");
    assertThat(stack.launcher().descendants()).isEmpty();
  }

  private static void assertNoneLives(List<ProcessHandle> processes) throws IOException {
    await()
        .atMost(STOP_LIMIT)
        .untilAsserted(() -> assertThat(processes).noneMatch(ProcessHandle::isAlive));
  }
}
