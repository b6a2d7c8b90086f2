package io.imageaudit.modelserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Settings from flags, {@code --name value} or {@code --name=value}, and from the environment,
 * where {@code --grpc-port} is {@code MODEL_SERVER_GRPC_PORT}. A flag wins.
 */
final class CommandLine {

  static final String USAGE =
      """
      Usage: java -jar model-server.jar [flags]
        --models DIR             folder with NAME/VERSION/model.onnx or NAME.onnx
        --simulate TEXT          a model without a file: name=demo;input=image:FP32:-1,3,224,224;\
      output=scores:FP32:-1,4;latency=1:45,8:68,16:82;jitter=0.08;executors=8 (each part optional)
        --bind ADDRESS           127.0.0.1
        --grpc-port PORT         8500
        --rest-port PORT         8501
        --max-batch ROWS         32
        --executors N            one per core, calls that run at once per model
        --threads N              1, per call
        --max-queue CALLS        1000, per model
        --max-message-bytes N    67108864
        --rest-patience SECONDS  30
        --typed-outputs BOOL     false
        --admin BOOL             false, faults over PUT /admin/faults
        --seed N                 1
      Each flag can come from the environment: --grpc-port is MODEL_SERVER_GRPC_PORT.
      """;

  private static final String PREFIX = "MODEL_SERVER_";
  private static final List<String> NAMES =
      List.of(
          "models",
          "simulate",
          "bind",
          "grpc-port",
          "rest-port",
          "max-batch",
          "executors",
          "threads",
          "max-queue",
          "max-message-bytes",
          "rest-patience",
          "typed-outputs",
          "admin",
          "seed");

  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads both.
   *
   * @throws IllegalArgumentException naming a flag that is unknown or has no value
   */
  CommandLine(List<String> arguments, Map<String, String> environment) {
    for (String name : NAMES) {
      String value = environment.get(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (value != null && !value.isEmpty()) {
        values.put(name, value);
      }
    }
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      if (equals > 0) {
        put(argument.substring(0, equals), argument.substring(equals + 1));
      } else {
        i++;
        if (i == arguments.size()) {
          throw new IllegalArgumentException(argument + ": no value (expected: one)");
        }
        put(argument, arguments.get(i));
      }
    }
  }

  /**
   * The settings.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  ModelServerSettings settings() {
    ModelServerSettings.Builder settings = ModelServerSettings.defaults();
    values.forEach((name, value) -> apply(settings, name, value));
    return settings.build();
  }

  private void put(String flag, String value) {
    if (!flag.startsWith("--") || !NAMES.contains(flag.substring(2))) {
      throw new IllegalArgumentException(flag + ": unknown (expected: one of " + NAMES + ")");
    }
    values.put(flag.substring(2), value);
  }

  private static void apply(ModelServerSettings.Builder settings, String name, String value) {
    switch (name) {
      case "models" -> settings.models(Path.of(value));
      case "simulate" -> settings.simulated(SimulatedModel.parse(value));
      case "bind" -> settings.bind(value);
      case "grpc-port" -> settings.grpcPort(number(name, value));
      case "rest-port" -> settings.restPort(number(name, value));
      case "max-batch" -> settings.maxBatch(number(name, value));
      case "executors" -> settings.executors(number(name, value));
      case "threads" -> settings.threads(number(name, value));
      case "max-queue" -> settings.maxQueue(number(name, value));
      case "max-message-bytes" -> settings.maxMessageBytes(number(name, value));
      case "rest-patience" -> settings.restPatience(Duration.ofSeconds(number(name, value)));
      case "typed-outputs" -> settings.typedOutputs(truth(name, value));
      case "admin" -> settings.admin(truth(name, value));
      case "seed" -> settings.seed(number(name, value));
      default -> throw new IllegalArgumentException(name + ": unknown");
    }
  }

  private static int number(String name, String value) {
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: a whole number)");
    }
    return Integer.parseInt(value);
  }

  private static boolean truth(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(name + ": " + value + " (expected: true or false)");
    };
  }
}
