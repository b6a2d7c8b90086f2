package io.imageaudit.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void without_flags_the_defaults_hold() {
    assertThat(new CommandLine(List.of(), Map.of()).settings())
        .isEqualTo(ModelServerSettings.defaults().build())
        .returns("127.0.0.1", ModelServerSettings::bind)
        .returns(8500, ModelServerSettings::grpcPort)
        .returns(8501, ModelServerSettings::restPort)
        .returns(32, ModelServerSettings::maxBatch)
        .returns(Runtime.getRuntime().availableProcessors(), ModelServerSettings::executors)
        .returns(1, ModelServerSettings::threads)
        .returns(1000, ModelServerSettings::maxQueue)
        .returns(64 << 20, ModelServerSettings::maxMessageBytes)
        .returns(Duration.ofSeconds(30), ModelServerSettings::restPatience)
        .returns(false, ModelServerSettings::admin)
        .returns(false, ModelServerSettings::typedOutputs);
  }

  @Test
  void flags_win_over_the_environment() {
    ModelServerSettings settings =
        new CommandLine(
                List.of("--models", "a", "--rest-port=7", "--simulate", "name=x;executors=3"),
                Map.of("MODEL_SERVER_REST_PORT", "8", "MODEL_SERVER_ADMIN", "true"))
            .settings();
    assertThat(settings.models()).isEqualTo(Path.of("a"));
    assertThat(settings.restPort()).isEqualTo(7);
    assertThat(settings.admin()).isTrue();
    assertThat(settings.simulated()).hasSize(1);
    assertThat(settings.simulated().getFirst().executors()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nothing=1",
        "--models",
        "grpc-port=1",
        "--grpc-port=x",
        "--grpc-port=70000",
        "--max-batch=0",
        "--executors=0",
        "--max-message-bytes=1",
        "--rest-patience=0",
        "--admin=yes",
        "--simulate=speed=1",
        "--simulate=latency=fast",
        "--simulate=jitter=2",
        "--simulate=input=image:FP32:3,3",
        "--simulate=output=scores:INT8:-1,3",
        "--simulate=output=scores:FP32:-1,-1",
      })
  void what_is_wrong_is_named(String flag) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CommandLine(List.of(flag), Map.of()).settings());
  }

  @Test
  void a_model_that_cannot_be_loaded_is_named(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("broken.onnx"), "no model");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelServer.start(ModelServerSettings.forTests().models(folder).build()))
        .withMessageContaining("broken.onnx");
    Path missing = folder.resolve("missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelServer.start(ModelServerSettings.forTests().models(missing).build()))
        .withMessageContaining("missing (expected: a folder)");
  }
}
