package io.imageaudit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.imageaudit.model.kafka.EventPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The examples of README.md and docs/api.md, done as a reader would. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)```");
  private static final Pattern CALL = Pattern.compile("\\$AUDIT_URL");

  private final Door door;
  private final Concluder concluder;
  @TempDir Path folder;

  ExamplesIT(Door door, EventPublisher events) {
    this.door = door;
    this.concluder = new Concluder(events);
  }

  @AfterAll
  void close() throws InterruptedException {
    concluder.close();
  }

  @Test
  void calls_with_curl_succeed() throws Exception {
    List<String> blocks = new ArrayList<>(blocks("README.md", "bash"));
    blocks.addAll(blocks("docs/api.md", "bash"));
    int calls = 0;
    for (String block : blocks) {
      String script = block.replace("source .local-stack/env\n", "");
      Matcher lines = CALL.matcher(script);
      if (!lines.find()) {
        continue;
      }
      String said = run(List.of("bash", "-euo", "pipefail", "-c", script));
      assertThat(said).as(script).contains("\"success\":true").doesNotContain("\"success\":false");
      calls++;
    }
    assertThat(calls).isGreaterThanOrEqualTo(6);
  }

  @Test
  void the_java_program_prints_the_verdict() throws Exception {
    List<String> blocks = blocks("README.md", "java");
    assertThat(blocks).hasSize(1);
    Path program = Files.writeString(folder.resolve("Example.java"), blocks.getFirst());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(run(List.of(java, program.toString()))).contains("\"verdict\":\"BLOCK\"");
  }

  @Test
  void the_python_program_prints_the_verdict() throws Exception {
    List<String> blocks = blocks("README.md", "python");
    assertThat(blocks).hasSize(1);
    if (isThere("python3")) {
      assertThat(run(List.of("python3", "-c", blocks.getFirst()))).contains("'verdict': 'BLOCK'");
    }
  }

  private static List<String> blocks(String file, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
    builder.environment().put("AUDIT_URL", "http://localhost:" + door.port());
    builder.environment().put("AUDIT_API_KEY", Keys.API_KEY);
    builder.environment().put("AUDIT_ADMIN_KEY", Keys.ADMIN_KEY);
    builder
        .environment()
        .put("AUDIT_ID", door.submit("{\"image_url\": \"https://shop.example/x.jpg\"}").auditId());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static boolean isThere(String program) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
