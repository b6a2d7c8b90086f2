package io.imageaudit.local.demo;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A merchant of the tests: has pictures, submits them, hears callbacks. */
final class Merchant implements AutoCloseable {

  static final Path SAMPLES = Path.of("../samples");
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<Sample> samples;
  private final LoopbackServer server;
  private final CallbackReceiver receiver;
  private final AuditApi api;

  private Merchant(
      List<Sample> samples, LoopbackServer server, CallbackReceiver receiver, AuditApi api) {
    this.samples = samples;
    this.server = server;
    this.receiver = receiver;
    this.api = api;
  }

  static Merchant of(StackUnderTest stack) throws IOException {
    List<Sample> samples = Samples.in(SAMPLES);
    LoopbackServer server = LoopbackServer.start(0);
    CallbackReceiver receiver = new CallbackReceiver(stack.secrets().webhookSecret());
    server.on(CallbackReceiver.PATH, receiver);
    server.on(PictureServer.PATH, new PictureServer(SAMPLES));
    server.on(DetourServer.PATH, new DetourServer(samples));
    AuditApi api =
        new AuditApi(
            stack.ports().url(PortName.GATEWAY),
            stack.secrets().apiKey(),
            server.url() + CallbackReceiver.PATH,
            Duration.ofMinutes(10));
    return new Merchant(samples, server, receiver, api);
  }

  Receipt submit(Sample sample, InputForm form) throws IOException, InterruptedException {
    Path file = sample.file();
    if (file == null) {
      return api.submitUrl(server.url() + DetourServer.PATH + samples.indexOf(sample), "journey");
    }
    byte[] bytes = Files.readAllBytes(file);
    return switch (form) {
      case URL -> api.submitUrl(server.url() + PictureServer.PATH + sample.name(), "journey");
      case BASE64 -> api.submitBase64(bytes, "journey");
      case MULTIPART -> submitFile(sample.name(), bytes);
    };
  }

  Receipt submitFile(String name, byte[] picture) throws IOException, InterruptedException {
    return api.submitFile(name, Sample.mediaType(Path.of(name)), picture, "journey");
  }

  /** Submits an address as it is. */
  Receipt submitAddress(String url) throws IOException, InterruptedException {
    return api.submitUrl(url, "journey");
  }

  JsonNode find(String auditId) throws IOException, InterruptedException {
    return api.find(auditId);
  }

  Callback awaitCallback(String auditId) throws InterruptedException {
    return receiver
        .await(auditId, PATIENCE)
        .orElseThrow(() -> new AssertionError("no callback for " + auditId));
  }

  @Override
  public void close() {
    api.close();
    server.close();
  }
}
