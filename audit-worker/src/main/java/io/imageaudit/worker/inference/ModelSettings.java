package io.imageaudit.worker.inference;

import io.imageaudit.model.Category;
import io.imageaudit.worker.image.InputSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One model.
 *
 * @param protocol how its server is spoken to
 * @param endpoint {@code host:port} or a gRPC target such as {@code dns:///models:8001}
 * @param tls whether the connection is encrypted
 * @param servedName the server's name for the model; empty for our own name
 * @param version the version to ask for; empty for the server's choice
 * @param grpcService full name of the gRPC service; TorchServe needs another than the default
 * @param callTimeout longest time for one call
 * @param input what the model wants to be shown
 * @param output how to read its answer
 * @param labels names of the classes in the answer's order
 * @param categories the canonical category of each label that matters; others are ignored
 * @param maxMessage largest answer, bytes
 */
public record ModelSettings(
    @DefaultValue("oip-grpc") Protocol protocol,
    String endpoint,
    @DefaultValue("false") boolean tls,
    @DefaultValue("") String servedName,
    @DefaultValue("") String version,
    @DefaultValue("inference.GRPCInferenceService") String grpcService,
    @DefaultValue("10s") Duration callTimeout,
    @DefaultValue InputSpec input,
    @DefaultValue OutputSpec output,
    List<String> labels,
    Map<String, Category> categories,
    @DefaultValue("67108864") int maxMessage) {

  /** How a model server is spoken to. */
  public enum Protocol {
    /** Open Inference Protocol over gRPC. */
    OIP_GRPC
  }

  /**
   * Checks that the parts agree.
   *
   * @throws IllegalArgumentException when they do not
   */
  public ModelSettings {
    labels = List.copyOf(labels);
    categories = Map.copyOf(categories);
    if (endpoint.isBlank()) {
      throw new IllegalArgumentException("endpoint: (expected: host:port)");
    }
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException("call-timeout: " + callTimeout + " (expected: > 0)");
    }
    for (String label : categories.keySet()) {
      if (!labels.contains(label)) {
        throw new IllegalArgumentException(
            "categories: " + label + " (expected: one of the labels " + labels + ")");
      }
    }
  }
}
