package io.imageaudit.local.part;

import io.imageaudit.local.layout.Checkout;
import io.imageaudit.local.layout.PartName;
import io.imageaudit.local.layout.PortName;
import io.imageaudit.local.layout.Ports;
import io.imageaudit.local.layout.StackFolder;
import io.imageaudit.local.process.Children;
import io.imageaudit.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** One Kafka broker that is its own controller (KRaft), from the build's libraries. */
final class KafkaPart implements Part {

  private static final Jvm JVM = new Jvm(256, 128);

  private final Checkout checkout;
  private final StackFolder folder;
  private final Ports ports;

  KafkaPart(Checkout checkout, StackFolder folder, Ports ports) {
    this.checkout = checkout;
    this.folder = folder;
    this.ports = ports;
  }

  @Override
  public PartName name() {
    return PartName.KAFKA;
  }

  @Override
  public Set<PartName> needs() {
    return Set.of();
  }

  @Override
  public List<PortName> ports() {
    return List.of(PortName.KAFKA, PortName.KAFKA_CONTROLLER);
  }

  @Override
  public void prepare(Children children) throws IOException {
    Files.createDirectories(data());
    Files.writeString(settings(), settingsText());
    if (!Files.exists(data().resolve("meta.properties"))) {
      children.run(
          spec(
              "kafka.tools.StorageTool",
              "format",
              "--cluster-id",
              clusterId(),
              "--config",
              settings().toString(),
              "--ignore-formatted"));
    }
  }

  /** 16 random bytes that do not start with a dash in base64. */
  private static String clusterId() {
    UUID random = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits() & Long.MAX_VALUE)
            .putLong(random.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public ProcessSpec process() {
    return spec("kafka.Kafka", settings().toString());
  }

  private ProcessSpec spec(String... main) {
    List<String> command = new ArrayList<>();
    command.addAll(
        JVM.command(
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server=info",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS",
            "-cp",
            checkout.libraries().stream().map(Path::toString).collect(Collectors.joining(":"))));
    command.addAll(List.of(main));
    return new ProcessSpec(
        command, Map.of(), folder.home(), folder.log(name()), folder.pidFile(name()));
  }

  @Override
  public boolean isReady() {
    return Probe.speaksKafka(ports.of(PortName.KAFKA));
  }

  private Path data() {
    return folder.data("kafka");
  }

  private Path settings() {
    return folder.run().resolve("kafka.properties");
  }

  private String settingsText() {
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
    controller.listener.names=CONTROLLER
    inter.broker.listener.name=PLAINTEXT
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    log.dirs=%3$s
    num.partitions=4
    default.replication.factor=1
    min.insync.replicas=1
    auto.create.topics.enable=false
    group.initial.rebalance.delay.ms=0
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=4
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=4
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    share.coordinator.state.topic.num.partitions=4
    log.retention.hours=168
    log.segment.bytes=67108864
    """
        .formatted(ports.of(PortName.KAFKA), ports.of(PortName.KAFKA_CONTROLLER), data());
  }
}
