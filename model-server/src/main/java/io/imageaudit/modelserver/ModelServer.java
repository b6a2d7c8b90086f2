package io.imageaudit.modelserver;

import io.grpc.ServerServiceDefinition;
import io.imageaudit.modelserver.admin.AdminRest;
import io.imageaudit.modelserver.fault.Faults;
import io.imageaudit.modelserver.oip.OipGrpc;
import io.imageaudit.modelserver.oip.OipRest;
import io.imageaudit.modelserver.onnx.OnnxModelFolder;
import io.imageaudit.modelserver.rest.RestRoute;
import io.imageaudit.modelserver.serve.Executors;
import io.imageaudit.modelserver.serve.Models;
import io.imageaudit.modelserver.serve.RunInference;
import io.imageaudit.modelserver.serve.ServedModel;
import io.imageaudit.modelserver.serve.Traffic;
import io.imageaudit.modelserver.tfs.TfsModelStatus;
import io.imageaudit.modelserver.tfs.TfsPrediction;
import io.imageaudit.modelserver.tfs.TfsRest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A running model server. Tests start one per class and switch its faults:
 *
 * <pre>{@code
 * try (ModelServer server =
 *     ModelServer.start(ModelServerSettings.forTests().models(folder).build())) {
 *   server.faults().failNext(2, Status.Code.UNAVAILABLE);
 *   // call 127.0.0.1:server.grpcPort()
 * }
 * }</pre>
 */
public final class ModelServer implements AutoCloseable {

  /** An element of a tensor in JSON takes at least this much of what a message may have. */
  private static final int BYTES_PER_JSON_ELEMENT = 8;

  private final RandomGenerator random;
  private final Faults faults;
  private final Traffic traffic = new Traffic();
  private final Models models;
  private final Doors doors;

  private ModelServer(ModelServerSettings settings) {
    this.random = new Random(settings.seed());
    this.faults = new Faults(random, this::refuse);
    this.models = new Models(load(settings));
    RunInference inference = new RunInference(faults, traffic);
    this.doors =
        new Doors(
            settings,
            services(settings, inference),
            routes(settings, inference),
            faults::isRefusing);
  }

  /**
   * Loads the models and opens the ports. When this returns, the server is ready.
   *
   * @throws IllegalArgumentException when a model cannot be served; it says which and why
   * @throws java.io.UncheckedIOException when a port is taken; it says which
   */
  public static ModelServer start(ModelServerSettings settings) {
    ModelServer server = new ModelServer(settings);
    try {
      server.doors.open();
      return server;
    } catch (RuntimeException e) {
      server.models.close();
      throw e;
    }
  }

  /** The port of both protocols over gRPC. */
  public int grpcPort() {
    return doors.grpcPort();
  }

  /** The port of both protocols over HTTP. */
  public int restPort() {
    return doors.restPort();
  }

  /** Faults to switch. */
  public Faults faults() {
    return faults;
  }

  /** What inference calls came so far. */
  public Traffic traffic() {
    return traffic;
  }

  /** The served models as {@code name:version}. */
  public List<String> models() {
    return models.all().stream().map(model -> model.name() + ":" + model.version()).toList();
  }

  /** Closes the ports, gives running calls a second to end, and frees the models. */
  @Override
  public void close() {
    faults.hang(false);
    doors.close();
    models.close();
  }

  private void refuse(boolean on) {
    if (on) {
      doors.refuse();
    } else {
      doors.open();
    }
  }

  private List<ServedModel> load(ModelServerSettings settings) {
    List<ServedModel> loaded = new ArrayList<>();
    for (SimulatedModel model : settings.simulated()) {
      loaded.add(simulated(model, settings));
    }
    Path folder = settings.models();
    if (folder != null) {
      loaded.addAll(
          new OnnxModelFolder(
                  folder,
                  settings.maxBatch(),
                  settings.executors(),
                  settings.maxQueue(),
                  settings.threads())
              .load());
    }
    return loaded;
  }

  private ServedModel simulated(SimulatedModel model, ModelServerSettings settings) {
    return new ServedModel(
        model.name(),
        1,
        "simulated",
        List.of(model.input()),
        List.of(model.output()),
        settings.maxBatch(),
        new Executors(model.executors(), settings.maxQueue()),
        model.body(random));
  }

  private List<ServerServiceDefinition> services(
      ModelServerSettings settings, RunInference inference) {
    List<ServerServiceDefinition> services =
        new ArrayList<>(new OipGrpc(models, inference, faults, settings.typedOutputs()).services());
    services.add(
        new TfsPrediction(models, inference, faults, settings.maxMessageBytes()).bindService());
    services.add(new TfsModelStatus(models, faults).bindService());
    return services;
  }

  private List<RestRoute> routes(ModelServerSettings settings, RunInference inference) {
    int maxElements = settings.maxMessageBytes() / BYTES_PER_JSON_ELEMENT;
    List<RestRoute> routes = new ArrayList<>();
    routes.add(new OipRest(models, inference, faults, maxElements, settings.restPatience()));
    routes.add(new TfsRest(models, inference, faults, maxElements, settings.restPatience()));
    if (settings.admin()) {
      routes.add(new AdminRest(faults, traffic));
    }
    return routes;
  }
}
