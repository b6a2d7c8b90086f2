package io.imageaudit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imageaudit.local.layout.PartName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void without_words_the_samples_are_shown() {
    CommandLine line = parse("--root", "/project", "--once", "--clean");

    assertThat(line.command()).isEqualTo(new CommandLine.Command.Show(true));
    assertThat(line.clean()).isTrue();
    assertThat(line.home()).isEqualTo(Path.of("/project/.local-stack"));
    assertThat(line.parts()).hasSize(PartName.values().length);
  }

  @Test
  void words_are_commands() {
    assertThat(parse("restart", "model-server").command())
        .isEqualTo(new CommandLine.Command.Restart(PartName.MODEL_SERVER));
    assertThat(parse("measure", "50").command()).isEqualTo(new CommandLine.Command.Measure(50));
    assertThat(parse("status").command()).isEqualTo(new CommandLine.Command.Status());
  }

  @Test
  void settings_go_to_the_service_that_they_name() {
    CommandLine line =
        parse("up", "--set", "gateway.image-audit.quota.rate=5", "--set", "gateway.a.b=c=d");

    assertThat(line.settings().of(PartName.GATEWAY))
        .isEqualTo(Map.of("image-audit.quota.rate", "5", "a.b", "c=d"));
    assertThat(line.settings().of(PartName.WORKER)).isEmpty();
  }

  @Test
  void what_cannot_be_understood_is_named() {
    assertThatThrownBy(() -> parse("restart", "worker2"))
        .hasMessageStartingWith("worker2: no such part");
    assertThatThrownBy(() -> parse("--often")).hasMessage("--often: no such option");
    assertThatThrownBy(() -> parse("dance")).hasMessage("dance: no such command");
    assertThatThrownBy(() -> parse("--home")).hasMessageStartingWith("--home: no value");
    assertThatThrownBy(() -> parse("--set", "kafka.a=b"))
        .hasMessage(
            "--set kafka.a=b (expected: PART.PROPERTY=VALUE,"
                + " PART one of gateway, intake, worker, notification)");
    assertThatThrownBy(() -> parse("measure", "0")).hasMessageContaining("expected: 1..");
    assertThatThrownBy(() -> parse("stop", "now")).hasMessage("now: not expected here");
  }

  private static CommandLine parse(String... arguments) {
    return CommandLine.parse(List.of(arguments), Map.of());
  }
}
