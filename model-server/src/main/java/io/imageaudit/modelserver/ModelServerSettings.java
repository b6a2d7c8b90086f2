package io.imageaudit.modelserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model server runs.
 *
 * @param bind the address to listen on
 * @param grpcPort the gRPC port; 0 takes a free one
 * @param restPort the HTTP port; 0 takes a free one
 * @param models the folder of ONNX models; none when absent
 * @param simulated models without a file
 * @param maxBatch most rows per call, >= 1
 * @param executors calls that run at once per ONNX model, >= 1
 * @param threads threads that one ONNX call computes with, >= 1
 * @param maxQueue calls that may wait for an executor per model, >= 0
 * @param maxMessageBytes largest gRPC message or HTTP body in bytes, >= 1024
 * @param restPatience how long a REST call may wait for an executor
 * @param typedOutputs whether Open Inference Protocol answers over gRPC come in typed contents
 * @param admin whether faults can be switched over REST, by anyone who reaches the port
 * @param seed where the randomness of jitter and failing shares starts
 */
public record ModelServerSettings(
    String bind,
    int grpcPort,
    int restPort,
    @Nullable Path models,
    List<SimulatedModel> simulated,
    int maxBatch,
    int executors,
    int threads,
    int maxQueue,
    int maxMessageBytes,
    Duration restPatience,
    boolean typedOutputs,
    boolean admin,
    long seed) {

  /** Checks and copies. */
  public ModelServerSettings {
    simulated = List.copyOf(simulated);
    check("grpc-port", grpcPort, 0, 65_535);
    check("rest-port", restPort, 0, 65_535);
    check("max-batch", maxBatch, 1, 65_536);
    check("executors", executors, 1, 1024);
    check("threads", threads, 1, 1024);
    check("max-queue", maxQueue, 0, 1_000_000);
    check("max-message-bytes", maxMessageBytes, 1024, 1 << 30);
    if (!restPatience.isPositive()) {
      throw new IllegalArgumentException("rest-patience: " + restPatience + " (expected: > 0)");
    }
  }

  /** Settings for tests, to be changed: loopback, free ports, no model yet. */
  public static Builder forTests() {
    return new Builder().grpcPort(0).restPort(0);
  }

  /** The settings of a server that is started by hand, to be changed. */
  public static Builder defaults() {
    return new Builder();
  }

  private static void check(String field, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s: %d (expected: %d..%d)".formatted(field, value, low, high));
    }
  }

  /** Collects settings; each method is named after the component that it sets. */
  public static final class Builder {

    private String bind = "127.0.0.1";
    private int grpcPort = 8500;
    private int restPort = 8501;
    private @Nullable Path models;
    private final List<SimulatedModel> simulated = new ArrayList<>();
    private int maxBatch = 32;
    // Calls side by side keep the cores busier than the threads of one that wait for each other.
    private int executors = Runtime.getRuntime().availableProcessors();
    private int threads = 1;
    private int maxQueue = 1000;
    private int maxMessageBytes = 64 << 20;
    private Duration restPatience = Duration.ofSeconds(30);
    private boolean typedOutputs;
    private boolean admin;
    private long seed = 1;

    private Builder() {}

    public Builder bind(String address) {
      this.bind = address;
      return this;
    }

    public Builder grpcPort(int port) {
      this.grpcPort = port;
      return this;
    }

    public Builder restPort(int port) {
      this.restPort = port;
      return this;
    }

    public Builder models(Path folder) {
      this.models = folder;
      return this;
    }

    /** Adds one more. */
    public Builder simulated(SimulatedModel model) {
      this.simulated.add(model);
      return this;
    }

    public Builder maxBatch(int rows) {
      this.maxBatch = rows;
      return this;
    }

    public Builder executors(int count) {
      this.executors = count;
      return this;
    }

    public Builder threads(int count) {
      this.threads = count;
      return this;
    }

    public Builder maxQueue(int calls) {
      this.maxQueue = calls;
      return this;
    }

    public Builder maxMessageBytes(int bytes) {
      this.maxMessageBytes = bytes;
      return this;
    }

    public Builder restPatience(Duration patience) {
      this.restPatience = patience;
      return this;
    }

    public Builder typedOutputs(boolean on) {
      this.typedOutputs = on;
      return this;
    }

    public Builder admin(boolean on) {
      this.admin = on;
      return this;
    }

    public Builder seed(long start) {
      this.seed = start;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException naming the one that is out of bounds
     */
    public ModelServerSettings build() {
      return new ModelServerSettings(
          bind,
          grpcPort,
          restPort,
          models,
          simulated,
          maxBatch,
          executors,
          threads,
          maxQueue,
          maxMessageBytes,
          restPatience,
          typedOutputs,
          admin,
          seed);
    }
  }
}
