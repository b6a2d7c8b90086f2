package io.imageaudit.local.part;

import io.imageaudit.local.layout.Checkout;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PartSettings;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.Secrets;
import io.imageaudit.local.layout.StackFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All parts, with the settings by which they find each other. */
public final class Parts {

  private final Checkout checkout;
  private final StackFolder folder;
  private final Ports ports;
  private final Secrets secrets;
  private final PartSettings own;

  /**
   * Describes the parts of one stack.
   *
   * @param own settings that win over those made here
   */
  public Parts(
      Checkout checkout, StackFolder folder, Ports ports, Secrets secrets, PartSettings own) {
    this.checkout = checkout;
    this.folder = folder;
    this.ports = ports;
    this.secrets = secrets;
    this.own = own;
  }

  /** All of them, in the order of their start. */
  public List<Part> all() {
    return List.of(
        new PostgresPart(checkout, folder, ports, secrets),
        new KafkaPart(checkout, folder, ports),
        new ModelServerPart(checkout, folder, ports),
        gateway(),
        worker(),
        intake(),
        notification());
  }

  private Part gateway() {
    Map<String, Object> settings = common("gateway", PortName.GATEWAY);
    settings.put("management.server.port", ports.of(PortName.GATEWAY_MANAGEMENT));
    settings.put("management.server.address", "127.0.0.1");
    settings.put("image-audit.intake.url", ports.url(PortName.INTAKE));
    settings.put("image-audit.notification.url", ports.url(PortName.NOTIFICATION));
    settings.put("image-audit.policy.directory", policies());
    settings.put("image-audit.access.bootstrap.tenant", Secrets.TENANT);
    settings.put("image-audit.access.bootstrap.api-key", secrets.apiKey());
    settings.put("image-audit.access.bootstrap.admin-key", secrets.adminKey());
    settings.put("image-audit.access.jwt.secret", secrets.jwtSecret());
    return service(
        PartName.GATEWAY,
        "gateway-service",
        new Jvm(256, 64),
        settings,
        List.of(PortName.GATEWAY, PortName.GATEWAY_MANAGEMENT));
  }

  private Part intake() {
    Map<String, Object> settings = common("intake", PortName.INTAKE);
    settings.put("image-audit.store.directory", store());
    return service(
        PartName.INTAKE, "intake-service", new Jvm(192, 64), settings, List.of(PortName.INTAKE));
  }

  private Part worker() {
    Map<String, Object> settings = common("audit", PortName.WORKER);
    settings.put("image-audit.store.directory", store());
    settings.put("image-audit.policy.directory", policies());
    settings.put(
        "image-audit.models.demo.endpoint", "127.0.0.1:" + ports.of(PortName.MODEL_SERVER));
    settings.put("image-audit.models.demo.golden.image", golden(".png"));
    settings.put("image-audit.models.demo.golden.tensor", golden(".npy"));
    return service(
        PartName.WORKER, "audit-worker", new Jvm(320, 128), settings, List.of(PortName.WORKER));
  }

  private Part notification() {
    Map<String, Object> settings = common("notification", PortName.NOTIFICATION);
    settings.put("image-audit.webhooks.encryption-key", secrets.encryptionKey());
    settings.put("image-audit.webhooks.secrets." + Secrets.TENANT, secrets.webhookSecret());
    return service(
        PartName.NOTIFICATION,
        "notification-service",
        new Jvm(192, 64),
        settings,
        List.of(PortName.NOTIFICATION));
  }

  private Part service(
      PartName name, String module, Jvm jvm, Map<String, Object> settings, List<PortName> listens) {
    settings.putAll(own.of(name));
    ExtractedJar jar = new ExtractedJar(checkout.jar(module), folder);
    return new ServicePart(name, jar, jvm, settings, listens, ports, folder);
  }

  private Map<String, Object> common(String role, PortName port) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("server.port", ports.of(port));
    settings.put("server.address", "127.0.0.1");
    settings.put("spring.lifecycle.timeout-per-shutdown-phase", "4s");
    settings.put(
        "spring.datasource.url",
        "jdbc:postgresql://127.0.0.1:%d/%s"
            .formatted(ports.of(PortName.POSTGRES), JdbcProvisioning.DATABASE));
    settings.put("spring.datasource.username", role);
    settings.put("spring.datasource.password", secrets.passwordOf(role));
    settings.put("spring.kafka.bootstrap-servers", "127.0.0.1:" + ports.of(PortName.KAFKA));
    settings.put("image-audit.internal.token", secrets.internalToken());
    settings.put("image-audit.outbound.allow-loopback", true);
    return settings;
  }

  private String policies() {
    return checkout.root().resolve("policies").toString();
  }

  /** The picture, or what the model is to be given for it. */
  private String golden(String ending) {
    Path folder = checkout.root().resolve("demo-model/golden");
    return folder.resolve("watermark-sofa-640x480" + ending).toString();
  }

  private String store() {
    return folder.data("images").toString();
  }
}
