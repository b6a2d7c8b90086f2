package io.imageaudit.worker.inference;

import java.net.http.HttpClient;
import java.time.InstantSource;

/** The adapter for each protocol. */
final class ServerAdapters {

  private final GrpcChannels channels;
  private final HttpClient http;
  private final InstantSource clock;

  ServerAdapters(GrpcChannels channels, HttpClient http, InstantSource clock) {
    this.channels = channels;
    this.http = http;
    this.clock = clock;
  }

  /** The unguarded way to a model. */
  ModelServer of(String name, ModelSettings model, Credentials credentials) {
    return new ContainedModelServer(adapter(name, model, credentials));
  }

  private ModelServer adapter(String name, ModelSettings model, Credentials credentials) {
    HttpCalls calls = new HttpCalls(http, credentials, clock, model.maxMessage());
    return switch (model.protocol()) {
      case OIP_GRPC -> new GrpcModelServer(grpc(model, credentials), name, model);
      case OIP_REST -> new RestModelServer(calls, name, model);
      case TENSORFLOW_GRPC -> new TensorFlowModelServer(grpc(model, credentials), name, model);
      case TENSORFLOW_REST -> new TensorFlowRestModelServer(calls, name, model);
      case OPENAI_MODERATION -> new ModerationModelServer(calls, name, model);
      case OPENAI_CHAT -> new ChatModelServer(calls, name, model);
    };
  }

  private GrpcCalls grpc(ModelSettings model, Credentials credentials) {
    return new GrpcCalls(channels.to(model), credentials, clock);
  }
}
