package io.imageaudit.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the packaged jar as a process of its own. */
class ModelServerApplicationIT {

  @TempDir private Path folder;

  @Test
  void the_packaged_jar_says_when_it_is_ready_and_stops_when_told() throws Exception {
    TinyModel.write(folder.resolve("models/tiny.onnx"), TinyModel.FLOAT);
    Process process =
        run("--grpc-port=0", "--rest-port=0", "--models", folder.resolve("models").toString());
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> log().contains("Ready after") || !process.isAlive());
      assertThat(log()).contains("gRPC 127.0.0.1:", "REST 127.0.0.1:", "models [tiny:1]");
      process.destroy();
      assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(log()).contains("Stopped").doesNotContain("WARNING");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_taken_port_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Process process = run("--grpc-port=0", "--rest-port=" + taken.getLocalPort());
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(log()).contains("REST port 127.0.0.1:" + taken.getLocalPort());
    }
  }

  private Process run(String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-jar",
                Path.of("target", "model-server-0.1.0.jar").toString()));
    command.addAll(List.of(flags));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
