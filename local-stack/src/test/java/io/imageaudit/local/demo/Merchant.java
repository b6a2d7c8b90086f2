package io.imageaudit.local.demo;

import io.imageaudit.local.StackUnderTest;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.web.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A merchant of the tests: has pictures, submits them, hears callbacks. */
final class Merchant implements AutoCloseable {

  static final Path SAMPLES = Path.of("../samples");
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LoopbackServer server;
  private final CallbackReceiver receiver;
  private final AuditApi api;

  private Merchant(LoopbackServer server, CallbackReceiver receiver, AuditApi api) {
    this.server = server;
    this.receiver = receiver;
    this.api = api;
  }

  static Merchant of(StackUnderTest stack) throws IOException {
    LoopbackServer server = LoopbackServer.start(0);
    CallbackReceiver receiver = new CallbackReceiver(stack.secrets().webhookSecret());
    server.on(CallbackReceiver.PATH, receiver);
    server.on(PictureServer.PATH, new PictureServer(SAMPLES));
    AuditApi api =
        new AuditApi(
            stack.ports().url(PortName.GATEWAY),
            stack.secrets().apiKey(),
            server.url() + CallbackReceiver.PATH,
            Duration.ofMinutes(10));
    return new Merchant(server, receiver, api);
  }

  Receipt submit(Sample sample, InputForm form) throws IOException, InterruptedException {
    String url = sample.url();
    if (url != null) {
      return api.submitUrl(url, "journey");
    }
    byte[] bytes = Files.readAllBytes(Objects.requireNonNull(sample.file()));
    return switch (form) {
      case URL -> api.submitUrl(server.url() + PictureServer.PATH + sample.name(), "journey");
      case BASE64 -> api.submitBase64(bytes, "journey");
      case MULTIPART -> submitFile(sample.name(), bytes);
    };
  }

  Receipt submitFile(String name, byte[] picture) throws IOException, InterruptedException {
    return api.submitFile(name, Sample.mediaType(Path.of(name)), picture, "journey");
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
